"""What our people have planned for a time: a letter, or a move to another stage."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application


class PlannedQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that have neither begun nor been cancelled."""
        return self.filter(begun_at__isnull=True, cancelled_at__isnull=True)

    def due(self, now: datetime) -> Self:
        """Those of them whose time has come at ``now`` (aware)."""
        return self.waiting().filter(due_at__lte=now)


class Planned(models.Model):
    """Something to be done once at ``due_at``; until it has begun it may be cancelled.

    ``begun_at`` and ``cancelled_at`` are each set once, by a conditional update, and never both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    due_at = models.DateTimeField(_("due at"))
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("due_at", "planned_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="%(class)s_begun_or_cancelled",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=Q(begun_at__isnull=True, cancelled_at__isnull=True),
                name="%(class)s_due",
            ),
        )


class PlannedLetter(Planned):
    """A letter to the applicant in our people's own words."""

    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta(Planned.Meta):
        abstract = False
        verbose_name = _("planned letter")
        verbose_name_plural = _("planned letters")

    def __str__(self) -> str:
        return self.subject


class PlannedMove(Planned):
    """A move to another stage. ``refusal`` says why it could not be made when its time came."""

    stage = models.CharField(_("stage"), max_length=20, choices=Application.Stage)
    refusal = models.CharField(_("refusal"), max_length=200, blank=True)

    class Meta(Planned.Meta):
        abstract = False
        verbose_name = _("planned move")
        verbose_name_plural = _("planned moves")

    def __str__(self) -> str:
        return self.get_stage_display()
