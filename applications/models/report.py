"""The files that the clock makes for people: lists and figures of a period."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What the keys of all reports begin with, and no other key does.
_SHELF = "reports/"


def report_key(kind: "Report.Kind", name: str) -> str:
    """Where a report lies in the bucket, such as ``reports/weekly/2026-W09.pdf``."""
    return f"{_SHELF}{kind.value.replace('_', '-')}/{name}"


class Report(models.Model):
    """One file in the object store. Its row is written once the store has it, and never changed.

    It tells of what happened later than ``since`` (null: from the beginning on) and not later than
    ``until``, both aware. ``row_count`` is how many applications and hires it tells of.
    """

    class Kind(models.TextChoices):
        NEW_APPLICATIONS = "new_applications", _("New applications and hires")
        WEEKLY = "weekly", _("Weekly report")

    kind = models.CharField(_("report"), max_length=20, choices=Kind)
    since = models.DateTimeField(_("since"), null=True)
    until = models.DateTimeField(_("until"))
    row_count = models.PositiveIntegerField(_("rows"))
    key = models.CharField(_("key"), max_length=200, unique=True)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-until", "-id")
        indexes = (models.Index(fields=("kind", "-until"), name="report_by_kind"),)

    def __str__(self) -> str:
        return self.key.removeprefix(_SHELF)

    @property
    def filename(self) -> str:
        """What people get to see: ``weekly-2026-W09.pdf``."""
        return str(self).replace("/", "-")

    @property
    def format(self) -> str:
        """Its type as people know it: CSV, XLSX or PDF."""
        return self.key.rpartition(".")[2].upper()
