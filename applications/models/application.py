"""What an applicant sent, and what they consented to."""

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.job import Job

# For queries, what ``Application.in_stage_since`` says of one.
IN_STAGE_SINCE = Coalesce("moved_at", "submitted_at")

# Crockford's base 32: no I, L, O or U, so that nobody misreads a reference on the phone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A reference for people to say and write, such as ``7K3M-9QXA`` (40 bits)."""
    letters = "".join(secrets.choice(_ALPHABET) for _index in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def new_token() -> str:
    """The secret in the address of an applicant's page (256 bits)."""
    return secrets.token_urlsafe(32)


class ConsentText(models.Model):
    """One version of the text that applicants consent to. The newest is the one shown.

    A version that somebody consented to is never changed: publish a new one.
    """

    body = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ("-published_at", "-id")
        get_latest_by = ("published_at", "id")

    def __str__(self) -> str:
        return _("Version %(number)s") % {"number": self.pk}


class Application(models.Model):
    """One accepted application. Written once, by ``services.submit``, but for its stage.

    ``stage`` and ``moved_at`` are written by ``services.hiring`` alone, each time together with a
    StageChange.
    """

    class Stage(models.TextChoices):
        NEW = "new", _("New")
        IN_REVIEW = "in_review", _("In review")
        INTERVIEW = "interview", _("Interview")
        OFFER = "offer", _("Offer")
        HIRED = "hired", _("Hired")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(
        Job, verbose_name=_("position"), on_delete=models.PROTECT, related_name="applications"
    )
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference)
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    submission_key = models.UUIDField(
        unique=True,
        help_text=_("Made with the form; a second POST with it is the same application."),
    )
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    cover_letter = models.TextField(_("cover letter"), blank=True)
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.NEW)
    moved_at = models.DateTimeField(_("moved at"), null=True, blank=True)
    # False: so many letters went to its mailbox that day that its page is its only receipt.
    is_receipted = models.BooleanField(
        _("gets letters"), default=True, db_default=True, editable=False
    )
    # Written by services.standing alone.
    is_waiting = models.BooleanField(_("waits for long"), default=False, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("-submitted_at",)
        indexes = (
            models.Index(fields=("job", "-submitted_at"), name="application_by_job"),
            models.Index(fields=("stage", "-submitted_at"), name="application_by_stage"),
            models.Index(fields=("-submitted_at",), name="application_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.full_name}"

    def get_absolute_url(self) -> str:
        """The applicant's page."""
        return reverse("application", kwargs={"token": self.token})

    @property
    def in_stage_since(self) -> datetime:
        """When its stage changed last, else when it came in (aware)."""
        return self.moved_at or self.submitted_at

    @property
    def withdrawn_at(self) -> datetime | None:
        """When the applicant withdrew it (aware), if they did: no stage comes after that."""
        return self.moved_at if self.stage == self.Stage.WITHDRAWN else None

    @property
    def page_url(self) -> str:
        """The applicant's page, with the site's address, for letters."""
        return settings.SITE_URL + self.get_absolute_url()
