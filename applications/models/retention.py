"""How long applications are kept: the notice before they go, and what is left of them."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from applications.models.job import Job


class RetentionNotice(models.Model):
    """An applicant is told that their application has been kept long enough, and until when it is.

    It is in force as long as nobody has moved the application since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="retention_notices"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    erase_at = models.DateTimeField(_("to be erased at"))

    class Meta:
        verbose_name = _("notice of erasure")
        verbose_name_plural = _("notices of erasure")
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"{self.erase_at:%Y-%m-%d}"


class PastApplication(models.Model):
    """What statistics need of an application that is erased. It leads to nobody."""

    job = models.ForeignKey(
        Job, verbose_name=_("position"), on_delete=models.PROTECT, related_name="past_applications"
    )
    submitted_on = models.DateField(_("submitted on"))
    stage = models.CharField(_("stage"), max_length=20, choices=Application.Stage)
    moved_on = models.DateField(_("moved on"), null=True)

    class Meta:
        verbose_name = _("past application")
        verbose_name_plural = _("past applications")
        ordering = ("submitted_on", "id")
        indexes = (models.Index(fields=("job", "submitted_on"), name="past_application_by_job"),)

    def __str__(self) -> str:
        return f"{self.submitted_on:%Y-%m-%d}"
