"""What a reader of the dossier may press."""

import re
from urllib.parse import quote

_SIGNS = r"0-9 ().\-/\u00a0\u2013"
_NUMBER = re.compile(rf"\+?[{_SIGNS}]*[0-9][{_SIGNS}]*")
# The (0) of +49 (0)30 is not dialled after a country's code.
_NATIONAL_PREFIX = re.compile(r"(?<=[0-9])[ \u00a0]*\(0\)")


def mail(address: str) -> str:
    """A mailto: URL. See https://www.rfc-editor.org/rfc/rfc6068 for its form."""
    return "mailto:" + quote(address, safe="@")


def phone(number: str) -> str:
    """A tel: URL, or "" for what cannot be dialled as it stands, such as "ask for room 5".

    See https://www.rfc-editor.org/rfc/rfc3966 for its form.
    """
    if not _NUMBER.fullmatch(number):
        return ""
    if number.startswith("+"):
        number = _NATIONAL_PREFIX.sub("", number)
    return "tel:" + re.sub("[^+0-9]", "", number)
