"""Who wants to be reminded before a position closes."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import new_token
from applications.models.job import Job


class ClosingReminder(models.Model):
    """Somebody's wish to be reminded once. Nothing but the confirmation goes out before a yes.

    ``token`` is the secret in the address of its page. The row goes when its time is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="closing_reminders")
    email = models.EmailField(_("e-mail"))
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder before a position closes")
        verbose_name_plural = _("reminders before positions close")
        ordering = ("asked_at",)
        constraints = (
            models.UniqueConstraint(
                "job", Lower("email"), name="closing_reminder_once_for_each_address"
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="closing_reminder_only_when_confirmed",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
