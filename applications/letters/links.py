"""What somebody typed, so that no mail program makes a link of it."""

import re

# What an address turns on: a dot or an @ within a word, unless within a number (the ideographic
# dots too, which browsers read as dots), the colon of "://", a double backslash of Windows.
_DOT_OR_AT = r"[.@\u3002\uff0e\uff61]"
_HINGE = re.compile(
    rf"(?<=[^\s.]){_DOT_OR_AT}(?=[^\s.\d])|(?<=[^\s.\d]){_DOT_OR_AT}(?=\d)|:(?=//)|\\(?=\\)"
)
_BETWEEN_WORD_JOINERS = "\u2060\\g<0>\u2060"


def unlinked(text: str) -> str:
    """``text`` looking the same, but no mail program makes a link of it.

    The receipt goes to whatever address was typed into the form, so whoever fills it in chooses
    both the reader and the words; a link in it would seem to come from us. Mail programs make one
    of whatever resembles an address, in HTML too. Word joiners (U+2060) around its hinges keep the
    look and spoil the address. They are not among the zero-width spaces (U+200B to U+200D) that
    spam filters count as a trick. Not for text that a person should copy: they would be copied
    along.
    """
    return _HINGE.sub(_BETWEEN_WORD_JOINERS, text)
