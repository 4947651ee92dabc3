"""The record of every letter: what makes "no mail goes out twice" more than a hope."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application


class LetterQuerySet(models.QuerySet["Letter"]):
    def in_doubt(self) -> "LetterQuerySet":
        """Those of which nobody knows whether the mail server has them."""
        return self.filter(intent_at__isnull=False, sent_at__isnull=True)


class Letter(models.Model):
    """One letter that is to go out once: of its kind there is one about each thing.

    ``about`` is what it is about, in a form that programs make and read: the application's id for
    a letter about an application as a whole, else such as ``alert:17:2026-03-02``. ``application``
    is null where it is about none.

    ``subject`` and ``text`` are its words as they were handed over last; kept of a letter to the
    applicant, who can read it on their page, and of no other.

    ``intent_at`` is committed in the instant before the mail server gets the message's final dot,
    ``sent_at`` once the server has accepted it. A row with the first and without the second is in
    doubt: the mail may or may not be on its way.

    ``copies_begun`` counts the copies of which the mail server may have got some, each before its
    first byte goes out; null in rows from before they were counted.
    """

    NOTE_LENGTH = 500

    class Kind(models.TextChoices):
        NEW_APPLICATION = "new_application", _("New application, to HR")
        APPLICATION_RECEIVED = "application_received", _("Receipt, to the applicant")
        WELCOME = "welcome", _("Welcome, to the new employee")
        NEW_EMPLOYEE = "new_employee", _("New employee, to HR")
        APPLICATION_WITHDRAWN = "application_withdrawn", _("Withdrawal, to HR")
        WITHDRAWAL_CONFIRMED = "withdrawal_confirmed", _("Withdrawal, to the applicant")
        INTERVIEW = "interview", _("Interview, to the applicant")
        INTERVIEW_TEAM = "interview_team", _("Interview, to our people")
        INTERVIEW_REMINDER = "interview_reminder", _("Reminder, to the applicant")
        INTERVIEW_REMINDER_TEAM = "interview_reminder_team", _("Reminder, to our people")
        APPLICATION_ERASED = "application_erased", _("Erasure, to HR")
        ERASURE_RECEIPT = "erasure_receipt", _("Receipt of an erasure, to the applicant")
        PLANNED_LETTER = "planned_letter", _("Letter in our people's words, to the applicant")
        WAITING_APPLICATIONS = "waiting_applications", _("What waits, to HR")
        RETENTION_NOTICE = "retention_notice", _("Notice of erasure, to the applicant")
        CLOSING_CONFIRMATION = "closing_confirmation", _("Confirm a reminder, to a visitor")
        CLOSING_REMINDER = "closing_reminder", _("A position closes soon, to a visitor")
        ALERT_CONFIRMATION = "alert_confirmation", _("Job alert, to be confirmed")
        DIGEST = "digest", _("Digest, to HR")
        ALERT = "alert", _("New positions, to a subscriber")
        WEEKLY_REPORT = "weekly_report", _("Weekly report, to HR")

        @property
        def is_to_applicant(self) -> bool:
            """Whether it goes to whom the application is from, while there is an application."""
            return self in _TO_APPLICANT

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
    )
    kind = models.CharField(_("letter"), max_length=40, choices=Kind)
    about = models.CharField(_("about"), max_length=100)
    message_id = models.CharField(_("Message-ID"), max_length=400, unique=True)
    subject = models.CharField(_("subject"), max_length=1_000, blank=True)
    text = models.TextField(_("text"), blank=True)
    intents = models.PositiveSmallIntegerField(_("times handed over"), default=0)
    copies_begun = models.PositiveIntegerField(
        _("copies begun"), default=0, null=True, editable=False
    )
    intent_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    reply = models.CharField(
        _("server's reply"), max_length=500, blank=True, help_text=_("What the mail server said.")
    )
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "about"), name="letter_one_of_a_kind_about_it"),
            models.CheckConstraint(condition=~models.Q(about=""), name="letter_is_about_something"),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(intent_at__isnull=False),
                name="letter_sent_only_after_its_intent",
            ),
        )
        indexes = (
            models.Index(
                fields=("intent_at",),
                condition=models.Q(sent_at__isnull=True),
                name="letter_not_sent",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_in_doubt(self) -> bool:
        return self.intent_at is not None and self.sent_at is None

    def note_with(self, remark: str) -> str:
        """The note with a remark behind it; of what is too long, the end."""
        return " ".join(filter(None, (self.note, remark)))[-self.NOTE_LENGTH :]


_TO_APPLICANT = frozenset(
    {
        Letter.Kind.APPLICATION_RECEIVED,
        Letter.Kind.WELCOME,
        Letter.Kind.WITHDRAWAL_CONFIRMED,
        Letter.Kind.INTERVIEW,
        Letter.Kind.INTERVIEW_REMINDER,
        Letter.Kind.PLANNED_LETTER,
        Letter.Kind.RETENTION_NOTICE,
    }
)
