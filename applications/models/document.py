"""Files: what the applicant uploaded and the dossier made of it.

Bytes wait in the database (StagedContent) from the moment an application is accepted until
they are safe in the object store; after that only the store has them.
"""

import uuid
from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application

# psycopg.pq.Format
_BINARY = 1


def shelf(application_id: uuid.UUID) -> str:
    """What the keys of all objects of an application begin with, and no other key does."""
    return f"applications/{application_id}/"


_SHORT_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/rtf": "RTF",
    "text/rtf": "RTF",
    "text/plain": "TXT",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
}


class Document(models.Model):
    """One file of an application: its name, type and fingerprint; never its bytes."""

    class Kind(models.TextChoices):
        DOSSIER = "dossier", _("Dossier")
        RESUME = "resume", _("CV")
        PHOTO = "photo", _("Photo")
        QUESTION = "question", _("Question")

    class Caution(models.TextChoices):
        """What whoever opens it must know first."""

        NONE = "", ""
        UNSCANNED = "unscanned", _("Locked until the virus scanner has looked at it.")
        INFECTED = "infected", _("Locked: the virus scanner found something in it.")
        ACTIVE = "active", _("It holds scripts or other files: open it with care.")
        UNCHECKED = "unchecked", _("It could not be checked for scripts: open it with care.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # Of a file that answers a question: which one, counted from 1, like Answer.number.
    number = models.PositiveSmallIntegerField(_("number"), default=0, db_default=0)
    filename = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"), validators=[MinValueValidator(1)])
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    stored_at = models.DateTimeField(_("stored at"), null=True, blank=True)
    caution = models.CharField(
        _("caution"), max_length=20, choices=Caution, blank=True, default="", db_default=""
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("created_at", "number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind", "number"),
                name="document_one_of_a_kind_and_number_per_application",
            ),
        )

    def __str__(self) -> str:
        return self.filename

    @property
    def key(self) -> str:
        """Where it lies in the bucket: ``applications/<application id>/<kind>.<extension>``.

        A file that answers a question: ``applications/<application id>/question-<n>.<extension>``.
        """
        extension = self.filename.rpartition(".")[2].lower()
        return f"{shelf(self.application_id)}{self.stem}.{extension}"

    @property
    def stem(self) -> str:
        """What tells it from the application's other documents: ``resume``, ``question-3``."""
        return f"{self.kind}-{self.number}" if self.number else self.kind

    @property
    def format(self) -> str:
        """Its type as people know it, such as "PDF"."""
        return _SHORT_TYPES.get(self.content_type, self.content_type)

    @property
    def is_locked(self) -> bool:
        """Whether nobody may have it: it was not scanned yet, or found to be infected."""
        return self.caution in {self.Caution.UNSCANNED, self.Caution.INFECTED}

    @property
    def label(self) -> str:
        """What it is, for people: "CV", "Question 3"."""
        kind = self.get_kind_display()
        return f"{kind} {self.number}" if self.number else kind

    @property
    def rank(self) -> tuple[int, int]:
        """Its place in a list: the dossier, what everybody sends, then answers in their order."""
        return list(Document.Kind).index(Document.Kind(self.kind)), self.number


class StagedContents(models.Manager["StagedContent"]):
    """Reads files without their detour through digits."""

    def read(self, document: Document) -> bytes | None:
        """The bytes that are staged of a document, if any are.

        PostgreSQL writes bytes as hexadecimal digits, twice as long, unless it is asked for them as
        they are, for which the ORM has no word.
        https://www.psycopg.org/psycopg3/docs/advanced/adapt.html
        """
        found = self.filter(document=document).order_by().values_list("content")
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.cursor.format = _BINARY
            cursor.execute(*found.query.sql_with_params())
            row = cursor.fetchone()
        return None if row is None else bytes(row[0])


class StagedContent(models.Model):
    """The bytes of a document that is not in the object store yet."""

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="staged"
    )
    content = models.BinaryField()

    objects = StagedContents()

    class Meta:
        verbose_name = _("staged content")
        verbose_name_plural = _("staged contents")

    def __str__(self) -> str:
        return str(self.document_id)


class Portrait(models.Model):
    """The applicant's photo, small: a few KB as JPEG, for the applicant's own page."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="portrait"
    )
    content = models.BinaryField()

    class Meta:
        verbose_name = _("small photo")
        verbose_name_plural = _("small photos")

    def __str__(self) -> str:
        return str(self.application_id)


class KeptFileQuerySet(models.QuerySet["KeptFile"]):
    def older_than(self, moment: datetime) -> "KeptFileQuerySet":
        """Those kept before ``moment`` (aware)."""
        return self.filter(kept_at__lt=moment)


class KeptFile(models.Model):
    """A good file from a form that had an error elsewhere, so that nobody must choose it again."""

    submission_key = models.UUIDField()
    field = models.CharField(max_length=40)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        constraints = (
            models.UniqueConstraint(
                fields=("submission_key", "field"), name="kept_file_one_per_field"
            ),
        )

    def __str__(self) -> str:
        return self.filename
