"""The history of an application's stage."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application


class StageChange(models.Model):
    """One move from one stage to another. Written by ``services.hiring`` alone, and never changed.

    ``by`` is the person of ours who moved it; null where the applicant did, or where the person's
    account is gone. ``note`` says what else there is to know, such as that the move was planned.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="stage_changes"
    )
    from_stage = models.CharField(_("from"), max_length=20, choices=Application.Stage)
    to_stage = models.CharField(_("to"), max_length=20, choices=Application.Stage)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")),
                name="stage_change_goes_somewhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_from_stage_display()} → {self.get_to_stage_display()}"
