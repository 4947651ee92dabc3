"""Those who were hired."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from applications.models.job import Job


class Employee(models.Model):
    """Somebody who was hired, and what they are told of their first day.

    Written once, by ``services.hiring.hire``. Name and address are the employee's own: they stay
    when the application is erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(
        Application,
        verbose_name=_("application"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="employee",
    )
    job = models.ForeignKey(
        Job, verbose_name=_("position"), on_delete=models.PROTECT, related_name="employees"
    )
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    starts_on = models.DateField(_("first day"))
    place = models.CharField(_("place"), max_length=200)
    contact_name = models.CharField(_("contact person"), max_length=200)
    contact_email = models.EmailField(_("contact's e-mail"))
    good_to_know = models.TextField(_("good to know"), blank=True)
    hired_at = models.DateTimeField(_("hired at"), default=timezone.now)
    hired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("hired by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ("-starts_on", "full_name")

    def __str__(self) -> str:
        return self.full_name
