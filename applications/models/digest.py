"""What HR is told each morning about the day before."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Digest(models.Model):
    """The digest of one day for one of HR's addresses.

    It covers the applications of ``since`` and the days after it, until the day before ``day``, in
    the office's time zone. ``jobs`` has for each position its ``pk``, ``title`` and how many
    applications are ``new``, have ``failed`` steps, and are ``waiting``.
    """

    address = models.EmailField(_("address"), max_length=254)
    day = models.DateField(_("day"))
    since = models.DateField(_("since"))
    jobs = models.JSONField(_("positions"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(fields=("address", "day"), name="digest_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.day}"
