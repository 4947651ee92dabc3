"""Text that somebody typed into a form, made fit for a letter.

The receipt goes to whatever address was typed, so whoever fills in the form chooses both the
reader and the words. Such words must not steer the message (headers), nor the text around
them (writing direction), nor offer the reader a link that seems to come from us.
"""

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Embeddings, overrides and isolates (UAX #9): they could turn our own words round.
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Before a dot that a letter follows (also the ideographic dots that browsers read as dots), within
# "://", and within the two backslashes of a Windows share.
_INSIDE_A_LINK = re.compile(r"(?<=\S)(?=[.\u3002\uff0e\uff61][^\W\d])|(?<=:)(?=//)|(?<=\\)(?=\\)")
_WORD_JOINER = "\u2060"


def lines(text: str) -> str:
    r"""``text`` with ``\n`` as its only line break, without other control characters."""
    text = _LINE_BREAK.sub("\n", text)
    return "".join(mark for mark in text if mark in "\n\t" or unicodedata.category(mark) != "Cc")


def one_line(text: str) -> str:
    """``text`` on one line, every run of white space one blank: for a header or within a sentence.

    A header made of it cannot be followed by another one, and it ends no sentence early.
    """
    return " ".join(_DIRECTION_CONTROLS.sub("", lines(text)).split())


def unlinked(text: str) -> str:
    """``text`` looking the same, but no mail program makes a link of it.

    Mail programs turn whatever resembles an address into a link, in HTML too. A word joiner
    (U+2060) inside keeps the look and spoils the address. It is not one of the zero-width spaces
    (U+200B to U+200D), which spam filters count as a trick. Not for addresses that a person
    should copy: the joiner would be copied along.
    """
    return _INSIDE_A_LINK.sub(_WORD_JOINER, text)
