"""Names of people, in which nobody is sent anywhere."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import OneLineField

# http://..., www...., a.b/..., somebody@example
_ADDRESS = re.compile(r"://|\b(?i:www)\.|\w\.\w+/|\w@\w")
_DOTTED = re.compile(r"([^\W_]+)\.([^\W\d_]{2,})")
# Endings of addresses that end no name, however they are written.
_ENDINGS = frozenset(
    {
        *("com", "net", "org", "info", "biz", "app", "xyz"),
        *("click", "link", "live", "online", "shop", "site", "store", "top", "website"),
    }
)


class NameField(OneLineField):
    """A person's name. It goes into a letter to whoever owns the address beside it.

    So it holds no address of a site or a mailbox. ``O. de la Cruz``, ``St. John``, ``Dr.Li`` and
    ``J.R.R. Tolkien`` are names.
    """

    default_error_messages = {
        "link": _(
            "Write your name without an address of a site or a mailbox. If there is none in it, "
            "put a space behind the dot."
        )
    }

    def validate(self, value: str) -> None:
        super().validate(value)
        if _leads_somewhere(value):
            raise ValidationError(self.error_messages["link"], code="link")


def _leads_somewhere(name: str) -> bool:
    # Wide letters and ideographic dots read as plain ones, for browsers too.
    plain = unicodedata.normalize("NFKC", name).replace("\u3002", ".")
    return bool(_ADDRESS.search(plain)) or any(
        _is_domain(dotted[1], dotted[2]) for dotted in _DOTTED.finditer(plain)
    )


def _is_domain(label: str, ending: str) -> bool:
    """A title is followed by a capital (St.John), and an initial is one letter (J.de Vries)."""
    return (len(label) > 1 and ending.islower()) or ending.casefold() in _ENDINGS
