"""What HR was reminded of: applications that nobody has moved for long."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from applications.models.job import Job


class WaitingReminder(models.Model):
    """One reminder to those who fill a position, with the applications that wait; one a day."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="waiting_reminders")
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    applications = models.ManyToManyField(Application, related_name="waiting_reminders")

    class Meta:
        verbose_name = _("reminder of what waits")
        verbose_name_plural = _("reminders of what waits")
        ordering = ("-day",)
        constraints = (
            models.UniqueConstraint(fields=("job", "day"), name="waiting_reminder_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.job} {self.day}"

    def still_waiting(self) -> models.QuerySet[Application]:
        """Those that nobody has moved since."""
        unmoved = models.Q(moved_at__isnull=True) | models.Q(moved_at__lte=self.made_at)
        return self.applications.filter(unmoved)
