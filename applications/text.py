"""Cleaning of what people type or paste, in any language.

NUL is left in place: Django's fields refuse it with a sentence.
"""

import re
import unicodedata

# Characters that turn the reading order of what stands around them (Unicode UAX #9, 2.1 to 2.4):
# in a name or a file name they make one thing look like another.
_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
# C0 and C1 without NUL and without what Python takes for white space.
_CONTROLS = "\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_NOT_CHARACTERS = "\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff"
_UNWANTED = re.compile(f"[{_BIDI_CONTROLS}{_CONTROLS}{_NOT_CHARACTERS}]")


def one_line(text: str) -> str:
    """One line of printable text: every run of white space, line breaks too, becomes one space.

    Text of which nothing is visible (joiners, direction marks) becomes empty.
    """
    line = " ".join(_UNWANTED.sub("", text).split())
    return line if any(_is_visible(character) for character in line) else ""


def paragraphs(text: str) -> str:
    """Text that may have several lines, each ended by a line feed."""
    return "\n".join(_UNWANTED.sub("", text).splitlines()).strip()


def fold(text: str) -> str:
    """``text`` as it is compared when somebody searches: without case, accents and underscores.

    >>> fold("Zürich, full_time")
    'zurich, full time'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).replace("_", " ")


def _is_visible(character: str) -> bool:
    return character.isprintable() and not character.isspace()
