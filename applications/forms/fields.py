"""Form fields that clean what people type, and one that judges what they upload."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.forms.widgets import UploadInput
from applications.models import Document
from applications.text import one_line, paragraphs
from applications.uploads import RULES, Refused, receive

_TOO_LONG = _("Make this shorter: it has %(show_value)d characters, %(limit_value)d are possible.")
_MIN_DIGITS, _MAX_DIGITS = 5, 20
_PHONE_SIGNS = frozenset(" +-–./()#,;extEXT")  # noqa: RUF001 - people do type the longer dash


class OneLineField(forms.CharField):
    """Text without line breaks, control characters or changes of direction: safe in a header."""

    default_error_messages = {"max_length": _TOO_LONG}

    def to_python(self, value: Any) -> str | None:
        return one_line(super().to_python(value) or "")


class ParagraphsField(forms.CharField):
    """Text that may have several lines.

    Browsers are not told its limit: they would cut a longer text that is pasted, in silence.
    """

    widget = forms.Textarea
    default_error_messages = {"max_length": _TOO_LONG}

    def to_python(self, value: Any) -> str | None:
        return paragraphs(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return {"data-max-length": attrs.pop("maxlength"), **attrs}


class PhoneField(OneLineField):
    """A phone number as people write it; only what cannot be one is refused."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"})
    default_error_messages = {
        "invalid": _("Enter a phone number, such as +44 20 7946 0018, or leave this empty.")
    }

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _may_be_a_phone_number(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class UploadField(forms.FileField):
    """A file, cleaned to an Upload. Its initial value is the Upload kept from an earlier try.

    Its template writes the input, for only there is it known what is kept by now.
    """

    widget = UploadInput

    def __init__(self, *, kind: Document.Kind, **kwargs: Any) -> None:
        self.kind = kind
        self.rules = RULES[kind]
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        try:
            return receive(self.kind, data)
        except Refused as refused:
            raise ValidationError(str(refused), code="refused") from None


def _may_be_a_phone_number(text: str) -> bool:
    digits = [character for character in text if character.isdigit()]
    others = {character for character in text if not character.isdigit()}
    return _MIN_DIGITS <= len(digits) <= _MAX_DIGITS and others <= _PHONE_SIGNS
