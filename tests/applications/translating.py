"""A language made of brackets, and what is left outside of them."""

import re

from django.utils import translation

WORD = re.compile(r"[^\W\d_]{2,}")
_INNERMOST = re.compile("⟦[^⟦⟧]*⟧")


def bracket(monkeypatch):
    """A language in which every sentence stands between brackets, and is otherwise English."""

    def one_or_many(singular, plural, number):
        return f"⟦{singular if number == 1 else plural}⟧"

    speak = {
        "gettext": lambda message: f"⟦{message}⟧",
        "ngettext": one_or_many,
        "pgettext": lambda _context, message: f"⟦{message}⟧",
        "npgettext": lambda _context, *message: one_or_many(*message),
    }
    for name, function in speak.items():
        monkeypatch.setattr(translation._trans, name, function)


def untranslated(said, known):
    """The words of ``said`` that stand outside of brackets and in none of the ``known`` texts."""
    said = normal(said)
    while _INNERMOST.search(said):
        said = _INNERMOST.sub("", said)
    for text in sorted(map(normal, known), key=len, reverse=True):
        said = said.replace(text, "")
    return WORD.findall(said)


def normal(text):
    return " ".join(text.split())
