"""A form field for each question that a position asks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import OneLineField, ParagraphsField, UploadField
from applications.forms.values import ChoicesField, DayField, LinkField, NumberField
from applications.models import Document, Question

_MAX_SHORT = 300
_MAX_LONG = 5_000
# More options than these are easier to find in a list that opens.
_MAX_RADIOS = 6
_CHOOSE = {
    "required": _("Choose one of these."),
    "invalid_choice": _("Choose one of these."),
}
_ANSWER = {"required": _("Answer this question.")}


def field_for(question: Question) -> forms.Field:
    """The field that takes the answer: as text in the form that Answer keeps, a file as Upload."""
    return _MAKERS[Question.Kind(question.kind)](question)


def _short_text(question: Question) -> forms.Field:
    return OneLineField(
        max_length=_MAX_SHORT,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages=_ANSWER,
        **_common(question),
    )


def _long_text(question: Question) -> forms.Field:
    return ParagraphsField(
        max_length=_MAX_LONG,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages=_ANSWER,
        **_common(question),
    )


def _number(question: Question) -> forms.Field:
    return NumberField(error_messages=_ANSWER, **_common(question))


def _date(question: Question) -> forms.Field:
    return DayField(error_messages=_ANSWER, **_common(question))


def _choice(question: Question) -> forms.Field:
    if len(question.choices) > _MAX_RADIOS:
        return _select(question, _options(question))
    return _radios(question, _options(question))


def _choices(question: Question) -> forms.Field:
    return ChoicesField(choices=_options(question), **_common(question))


def _yes_no(question: Question) -> forms.Field:
    return _radios(question, [("yes", _("Yes")), ("no", _("No"))])


def _link(question: Question) -> forms.Field:
    return LinkField(error_messages=_ANSWER, **_common(question))


def _file(question: Question) -> forms.Field:
    messages = {"required": _("Choose a file.")}
    return UploadField(kind=Document.Kind.QUESTION, error_messages=messages, **_common(question))


def _options(question: Question) -> list[tuple[str, Any]]:
    return [(option, option) for option in question.choices]


def _select(question: Question, options: list[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(
        choices=[("", _("Choose …")), *options], error_messages=_CHOOSE, **_common(question)
    )


def _radios(question: Question, options: list[tuple[str, Any]]) -> forms.Field:
    """A radio button cannot be unticked, so one stands for no answer where none is needed."""
    none = [] if question.is_required else [("", _("No answer"))]
    return forms.ChoiceField(
        choices=[*options, *none],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        **_common(question),
    )


def _common(question: Question) -> dict[str, Any]:
    return {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.is_required,
    }


_MAKERS: Mapping[Question.Kind, Callable[[Question], forms.Field]] = {
    Question.Kind.SHORT_TEXT: _short_text,
    Question.Kind.LONG_TEXT: _long_text,
    Question.Kind.NUMBER: _number,
    Question.Kind.DATE: _date,
    Question.Kind.CHOICE: _choice,
    Question.Kind.CHOICES: _choices,
    Question.Kind.YES_NO: _yes_no,
    Question.Kind.LINK: _link,
    Question.Kind.FILE: _file,
}
