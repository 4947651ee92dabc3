"""Open positions and the questions that they ask."""

from datetime import datetime

from django.conf import settings
from django.core.validators import validate_email
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications import countries
from applications.models.folded import FoldedText
from applications.text import fold

# The last one makes the order whole: a page of a list must end where the next one begins.
_NEWEST_FIRST = ("-opens_at", "title", "pk")


def validate_addresses(value: str) -> None:
    """One or more e-mail addresses, separated by commas."""
    for address in value.split(","):
        validate_email(address.strip())


class JobQuerySet(models.QuerySet["Job"]):
    def open(self, now: datetime) -> "JobQuerySet":
        """The jobs that take applications at ``now`` (aware)."""
        return self.filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=now), is_published=True, opens_at__lte=now
        )

    def mentioning(self, text: str) -> "JobQuerySet":
        """The jobs in which each word of ``text`` stands; first those with all in their title.

        Neither case nor accents matter. An empty text leaves everything as it is.
        """
        words = fold(text).split()
        if not words:
            return self
        found = self.filter(*(Q(search_text__contains=word) for word in words))
        in_title = Q(*(Q(title__icontains=word) for word in words))
        rank = Case(When(in_title, then=Value(0)), default=Value(1))
        return found.order_by(rank, *_NEWEST_FIRST)


class Job(models.Model):
    """A position. It is open when it is published and ``now`` lies between its two dates."""

    class Employment(models.TextChoices):
        FULL_TIME = "full_time", _("Full time")
        PART_TIME = "part_time", _("Part time")
        TEMPORARY = "temporary", _("Temporary")
        INTERNSHIP = "internship", _("Internship")

    class Workplace(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        HYBRID = "hybrid", _("Hybrid")
        REMOTE = "remote", _("Remote")

    slug = models.SlugField(_("address"), unique=True, help_text=_("The last part of its link."))
    title = models.CharField(_("title"), max_length=120)
    department = models.CharField(_("department"), max_length=80)
    place = models.CharField(_("place"), max_length=80)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        choices=countries.choices,
        help_text=_(
            "Where the place is; for remote work, where people must live. "
            "Search engines list a position only if they are told."
        ),
    )
    employment = models.CharField(
        _("employment"), max_length=20, choices=Employment, default=Employment.FULL_TIME
    )
    workplace = models.CharField(
        _("workplace"), max_length=20, choices=Workplace, default=Workplace.HYBRID
    )
    summary = models.CharField(_("summary"), max_length=240, help_text=_("One or two sentences."))
    description = models.TextField(
        _("description"),
        help_text=_("Plain text. An empty line begins a paragraph, '# ' a heading, '- ' a point."),
    )
    hr_email = models.CharField(
        _("HR's e-mail"),
        max_length=500,
        blank=True,
        validators=[validate_addresses],
        help_text=_("Who gets the applications, separated by commas. Empty: the default address."),
    )
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    retention_months = models.PositiveSmallIntegerField(
        _("keep applications for"),
        null=True,
        blank=True,
        help_text=_("Months after the last decision. Empty: as long as usual. 0: without end."),
    )
    is_published = models.BooleanField(_("published"), default=True)
    # How services.standing found it last; what is open is decided by the dates.
    is_listed = models.BooleanField(_("open at the last look"), default=False, editable=False)
    # Since when it may have been seen, as services.standing found it first; it stays.
    listed_at = models.DateTimeField(_("listed at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    search_text = FoldedText(
        of=("title", "department", "place", "workplace", "employment", "summary", "description")
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = _NEWEST_FIRST
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="job_closes_after_it_opens",
                violation_error_message=_("A position closes after it opens."),
            ),
        )
        indexes = (models.Index(fields=("is_published", "opens_at"), name="job_open"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", kwargs={"slug": self.slug})

    def is_open(self, now: datetime) -> bool:
        """Whether it takes applications at ``now`` (aware)."""
        closed = self.closes_at is not None and self.closes_at <= now
        return self.is_published and self.opens_at <= now and not closed

    @property
    def changed_at(self) -> datetime:
        """When the public last saw something new of it: its opening, or an edit after that."""
        return max(self.opens_at, self.updated_at)

    @property
    def hr_addresses(self) -> list[str]:
        """Who gets its applications: its own addresses, else HR_EMAIL."""
        own = [address.strip() for address in self.hr_email.split(",") if address.strip()]
        return own or list(settings.HR_EMAIL)


class Question(models.Model):
    """A question that a job asks beside the fields that every job asks for."""

    class Kind(models.TextChoices):
        SHORT_TEXT = "short_text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of several options")
        CHOICES = "choices", _("Any of several options")
        YES_NO = "yes_no", _("Yes or no")
        LINK = "link", _("Link")
        FILE = "file", _("File")

        @property
        def has_options(self) -> bool:
            return self in (Question.Kind.CHOICE, Question.Kind.CHOICES)

    # Questions for a file that one job may have: a form has to fit into one request.
    MAX_FILES = 3

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SHORT_TEXT)
    label = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("hint"), max_length=200, blank=True)
    options = models.TextField(
        _("options"), blank=True, help_text=_("Where options are chosen from: one a line.")
    )
    is_required = models.BooleanField(_("required"), default=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind__in=("choice", "choices"), options=""),
                name="question_has_options_to_choose_from",
                violation_error_message=_("Enter the options to choose from, one a line."),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def field_name(self) -> str:
        """Its name in the form."""
        return f"question_{self.pk}"

    @property
    def choices(self) -> list[str]:
        """The options to choose from, in their order."""
        return [line.strip() for line in self.options.splitlines() if line.strip()]
