"""What applicants have asked us to erase."""

import uuid
from hashlib import sha256

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from applications.models.job import Job


def page_digest(token: str) -> str:
    """What is kept of the secret in the address of an applicant's page (SHA-256, hex).

    Whoever has the address finds the erasure by it; nobody can make the address of it.
    """
    return sha256(token.encode()).hexdigest()


# What people read of the rows that went, what is theirs first; other models by their own names.
_WORDS = {
    "applications.Application": _("Your application"),
    "applications.Answer": _("Answers to questions"),
    "applications.Document": _("Records of files"),
    "applications.Portrait": _("Small photos"),
    "applications.StagedContent": _("Files in the database"),
    "applications.KeptFile": _("Files kept from an earlier try"),
    "applications.Letter": _("Records of letters"),
    "applications.StageChange": _("Entries about where it stood"),
    "admin.LogEntry": _("Entries about who looked at it"),
}


class Erasure(models.Model):
    """One application that is erased on request, and what went with it.

    Until it is finished it holds what the erasing itself needs: the application's id, its
    reference and the addresses for its letters. Then these are emptied; counts and dates remain.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.CharField(max_length=64, unique=True, editable=False)
    job = models.ForeignKey(
        Job, verbose_name=_("position"), on_delete=models.PROTECT, related_name="+"
    )
    application_id = models.UUIDField(null=True, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Whoever of ours may have been mailed about the application, separated by commas.
    our_addresses = models.TextField(_("our people's e-mail"), blank=True)
    # When interviews were to begin that had not begun yet, as ISO 8601.
    called_off = models.JSONField(_("interviews called off"), default=list)
    is_kept_long_enough = models.BooleanField(
        _("kept long enough"), default=False, help_text=_("Nobody asked: its time was over.")
    )
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    # How many rows of each model went, by its label.
    records = models.JSONField(_("records"), default=dict)
    object_count = models.PositiveIntegerField(_("objects"), null=True)
    version_count = models.PositiveIntegerField(_("versions of objects"), null=True)
    # Told to the mailbox alone: whoever knows the page may have written another's address.
    alert_count = models.PositiveIntegerField(_("job alerts ended"), default=0, editable=False)
    is_employed = models.BooleanField(
        _("hired"), default=False, help_text=_("What an employer must keep of an employee stays.")
    )
    erased_at = models.DateTimeField(_("erased at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ("-requested_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True)
                | models.Q(application_id__isnull=True, reference="", email="", our_addresses=""),
                name="erasure_finished_is_anonymous",
            ),
        )

    def __str__(self) -> str:
        return str(_("Erasure of %(day)s") % {"day": f"{self.requested_at:%Y-%m-%d}"})

    @property
    def inventory(self) -> list[tuple[str, int]]:
        """What went, in words, and how much of it; nothing that there was none of."""
        known = [(str(words), self.records.get(label, 0)) for label, words in _WORDS.items()]
        others = sorted(self.records.keys() - _WORDS.keys())
        counted = (*known, *((_plural(label), self.records[label]) for label in others))
        objects = [
            (str(_("Files in the object store")), self.object_count or 0),
            (str(_("All their versions")), self.version_count or 0),
        ]
        return [(words, number) for words, number in (*counted, *objects) if number]

    @property
    def record_count(self) -> int:
        """How many rows went from the database."""
        return sum(self.records.values())


def _plural(label: str) -> str:
    meta = apps.get_model(label)._meta  # noqa: SLF001 (documented)
    if meta.auto_created:
        owner = meta.auto_created._meta.verbose_name_plural  # noqa: SLF001 (documented)
        return str(_("Mentions in %(rows)s") % {"rows": owner})
    return str(capfirst(meta.verbose_name_plural))
