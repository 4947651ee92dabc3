"""Form fields for what is more than text: each cleans to the text that models.Answer keeps."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import OneLineField

_is_web_address = URLValidator(schemes=("http", "https"))
_MAX_LINK = 500
_MAX_DIGITS = 15
_EXAMPLE = Decimal("1250.5")
# Whoever typed the year 26 or 20266 meant another one.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class NumberField(OneLineField):
    """A number as people of the current language write it; cleans to text such as ``-1250.5``.

    No ``<input type=number>``: it drops what it cannot read, in silence, and a wheel turns it.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})
    default_error_messages = {"invalid": _("Enter a number, such as %(example)s.")}

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return self._canonical(text) if text else ""

    def _canonical(self, text: str) -> str:
        plain = text.replace("\u2212", "-").replace(" ", "")
        if not _is_number(plain):
            example = number_format(_EXAMPLE, use_l10n=True, force_grouping=True)
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"example": example}
            )
        # Adding nothing takes the sign from a negative nothing.
        number = Decimal(plain.replace(_grouping(), "").replace(_decimal(), ".")) + 0
        return f"{number.normalize():f}"


class DayField(forms.DateField):
    """A date, chosen in the browser's own calendar; cleans to ``2026-03-02``."""

    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"type": "date", "min": _FIRST_DAY.isoformat(), "max": _LAST_DAY.isoformat()},
    )
    default_error_messages = {
        "invalid": _("Enter a date as year, month and day, such as 2026-03-31."),
        "unlikely": _("Check the year of this date."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> str:
        day = super().clean(value)
        if day is None:
            return ""
        if not _FIRST_DAY <= day <= _LAST_DAY:
            raise ValidationError(self.error_messages["unlikely"], code="unlikely")
        return str(day)


class ChoicesField(forms.MultipleChoiceField):
    """Any of several options; cleans to those chosen, one a line, in the order of the question."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose at least one of these."),
        "invalid_choice": _("Choose from these."),
        "invalid_list": _("Choose from these."),
    }

    def clean(self, value: Any) -> str:
        chosen = super().clean(value)
        options = cast("list[tuple[str, str]]", self.choices)
        return "\n".join(option for option, _label in options if option in chosen)


class LinkField(OneLineField):
    """An http or https address that says truly where it leads."""

    widget = forms.TextInput(
        attrs={"inputmode": "url", "autocomplete": "url", "spellcheck": "false", "dir": "ltr"}
    )
    default_error_messages = {
        "invalid": _("Enter a link to a page, such as https://example.org/my-work.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=_MAX_LINK, **kwargs)

    def to_python(self, value: Any) -> str:
        """People leave the beginning out."""
        text = super().to_python(value) or ""
        return text if "://" in text or not text else f"https://{text}"

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _leads_to_a_page(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


def _is_number(plain: str) -> bool:
    """Whether its separators stand where the current language has them: 1,250.5 or 1.250,5."""
    grouping, decimal = re.escape(_grouping()), re.escape(_decimal())
    whole = rf"(?:\d+|\d{{1,3}}(?:{grouping}\d{{3}})+)"
    digits = sum(character.isdigit() for character in plain)
    return digits <= _MAX_DIGITS and bool(re.fullmatch(rf"-?{whole}(?:{decimal}\d+)?", plain))


def _grouping() -> str:
    """What parts thousands; empty where it is a space, which is left out before."""
    return str(get_format("THOUSAND_SEPARATOR")).strip()


def _decimal() -> str:
    return str(get_format("DECIMAL_SEPARATOR"))


def _leads_to_a_page(address: str) -> bool:
    """An address with a name before an @ looks as if it led to another site than it does."""
    try:
        _is_web_address(address)
    except ValidationError:
        return False
    return "@" not in urlsplit(address).netloc
