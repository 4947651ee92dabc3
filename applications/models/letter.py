"""The record of every letter: what makes "no mail goes out twice" more than a hope."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application


class LetterQuerySet(models.QuerySet["Letter"]):
    def in_doubt(self) -> "LetterQuerySet":
        """Those of which nobody knows whether the mail server has them."""
        return self.filter(intent_at__isnull=False, sent_at__isnull=True)


class Letter(models.Model):
    """One letter that is to go out once.

    ``intent_at`` is committed in the instant before the message's body goes to the mail server,
    ``sent_at`` once the server has accepted it. A row with the first and without the second is in
    doubt: the mail may or may not be on its way.
    """

    class Kind(models.TextChoices):
        NEW_APPLICATION = "new_application", _("New application, to HR")
        APPLICATION_RECEIVED = "application_received", _("Receipt, to the applicant")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("letter"), max_length=40, choices=Kind)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    intents = models.PositiveSmallIntegerField(_("times handed over"), default=0)
    intent_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    reply = models.CharField(
        _("server's reply"), max_length=500, blank=True, help_text=_("What the mail server said.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind"), name="letter_one_of_a_kind_per_application"
            ),
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
