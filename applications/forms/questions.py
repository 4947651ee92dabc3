"""A form field for each question that a position asks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import OneLineField, ParagraphsField
from applications.models import Question

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
    """The field that takes the answer, as text: "yes" or "no", or the text of an option."""
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


def _choice(question: Question) -> forms.Field:
    options = [(option, option) for option in question.choices]
    if len(options) > _MAX_RADIOS:
        return _select(question, options)
    return _radios(question, options)


def _yes_no(question: Question) -> forms.Field:
    return _radios(question, [("yes", _("Yes")), ("no", _("No"))])


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
    Question.Kind.CHOICE: _choice,
    Question.Kind.YES_NO: _yes_no,
}
