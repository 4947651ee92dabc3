"""Interviews, and what both sides were told of them."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from applications.models.job import validate_addresses

_DAY = 24 * 60


class Interview(models.Model):
    """One interview. When and where it is says its newest notice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="interviews"
    )

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def notice(self) -> "Notice":
        """The newest one: what holds now. Raises Notice.DoesNotExist."""
        return self.notices.latest("sequence")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def in_force(self) -> "NoticeQuerySet":
        """Those that hold: no newer one has come, and they cancel nothing."""
        newer = Notice.objects.filter(
            interview=models.OuterRef("interview"), sequence__gt=models.OuterRef("sequence")
        )
        return self.filter(~models.Exists(newer)).exclude(change=Notice.Change.CANCELLED)


class Notice(models.Model):
    """What both sides are told: the invitation (sequence 0), a change, the cancellation.

    Written once, by ``services.hiring.interviews``, so that a letter that goes out late says what
    was meant when it was written. ``addresses`` are those of our people, separated by commas.
    """

    class Change(models.TextChoices):
        INVITED = "invited", _("Invited")
        CHANGED = "changed", _("Changed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="notices")
    sequence = models.PositiveSmallIntegerField(_("sequence"))
    change = models.CharField(_("change"), max_length=10, choices=Change)
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(5), MaxValueValidator(_DAY)]
    )
    time_zone = models.CharField(_("time zone"), max_length=60)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    people = models.CharField(_("with"), max_length=300)
    addresses = models.CharField(
        _("our people's e-mail"), max_length=500, validators=[validate_addresses]
    )
    message = models.TextField(_("message"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of an interview")
        verbose_name_plural = _("notices of interviews")
        ordering = ("interview", "sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("interview", "sequence"), name="notice_once_per_sequence"
            ),
        )
        indexes = (models.Index(fields=("starts_at",), name="notice_by_start"),)

    def __str__(self) -> str:
        return f"{self.interview_id} {self.sequence}"

    @property
    def is_cancellation(self) -> bool:
        return self.change == self.Change.CANCELLED

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local_start(self) -> datetime:
        """Its start on the clocks of its time zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def our_addresses(self) -> list[str]:
        return [address.strip() for address in self.addresses.split(",")]
