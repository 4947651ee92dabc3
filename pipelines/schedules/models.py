"""The clock's rows: the occasions there were, and from when on a schedule's due times count."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import PeriodicTask


class Occasion(models.Model):
    """One due time of one schedule, or one that a person asked for: the subject of its run."""

    schedule = models.CharField(_("schedule"), max_length=60)
    due_at = models.DateTimeField(_("due at"))
    is_by_hand = models.BooleanField(_("by hand"), default=False)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ("-due_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("schedule", "due_at"), name="occasion_once_per_due_time"
            ),
        )

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.due_at), "j M Y, H:i")

    @property
    def previous(self) -> "Occasion | None":
        """The one before it, by hand or not. One query."""
        before = Occasion.objects.filter(schedule=self.schedule, due_at__lt=self.due_at)
        return before.order_by("-due_at").first()


class Entry(PeriodicTask):  # type: ignore[misc]  # django-celery-beat publishes no types
    """Beat's row of a schedule, under the name that people know it by."""

    class Meta:
        proxy = True
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")

    def __str__(self) -> str:
        return str(self.name)


class Timetable(models.Model):
    """A schedule's due times later than ``since`` are still to be opened.

    ``line`` is the cron line to which that belongs, empty while the schedule is switched off: with
    another line only what is due from then on counts.
    """

    schedule = models.CharField(_("schedule"), max_length=60, primary_key=True)
    line = models.CharField(_("cron line"), max_length=600, blank=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("timetable")
        verbose_name_plural = _("timetables")

    def __str__(self) -> str:
        return self.schedule
