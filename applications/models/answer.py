"""An applicant's answers, and how people read them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models.application import Application
from applications.models.job import Question


class Answer(models.Model):
    """An answer together with the question as it was asked, so that later edits change nothing.

    ``value`` is text of a form that depends on the kind: a number such as ``-1250.5``, a date as
    ``2026-03-02``, ``yes`` or ``no``, chosen options one a line, an http or https URL, the name of
    the uploaded file, else what was written; empty if not given.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Question.Kind)
    label = models.CharField(max_length=200)
    value = models.TextField(blank=True)

    class Meta:
        verbose_name = gettext_lazy("answer")
        verbose_name_plural = gettext_lazy("answers")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label

    @property
    def number(self) -> int:
        """Which question it answers, counted from 1; a file given as answer has the same."""
        return self.position + 1

    @property
    def in_words(self) -> str:
        """The value in the words and the formats of the current language."""
        return in_words(self.kind, self.value)

    @property
    def options(self) -> list[str]:
        """What was chosen of several; empty for all other kinds."""
        return self.value.splitlines() if self.kind == Question.Kind.CHOICES else []

    @property
    def link(self) -> str:
        """The address that was given, for a question that asks for one; else empty."""
        return self.value if self.kind == Question.Kind.LINK else ""


def in_words(kind: str, value: str) -> str:
    """``value``, in the form that Answer keeps, as people of the current language write it."""
    writer = _WRITERS.get(kind)
    return writer(value) if writer and value else value


def _number(value: str) -> str:
    return str(number_format(Decimal(value), use_l10n=True, force_grouping=True))


def _date(value: str) -> str:
    # Translators: a date, in the format of Django's date filter.
    return date_format(date.fromisoformat(value), _("j F Y"))


def _yes_or_no(value: str) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(value, value)


_WRITERS: Mapping[str, Callable[[str], str]] = {
    Question.Kind.NUMBER: _number,
    Question.Kind.DATE: _date,
    Question.Kind.YES_NO: _yes_or_no,
}
