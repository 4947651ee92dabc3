"""The layout of plain text: 72 columns, aligned facts, indented quotations."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

WIDTH = 72
INDENT = "  "

# Kana and ideographs, between which a line may break, and the signs that must not begin one.
_IDEOGRAPH = "\u2e80-\u3000\u3003-\u300c\u300e\u3010-\ua4cf\uf900-\ufaff\U00020000-\U0003fffd"
_CLOSING = "\u3001\u3002\u300d\u300f\uff01\uff09\uff0c\uff0e\uff1a\uff1f"
_PIECE = re.compile(rf"(?:[{_IDEOGRAPH}][{_CLOSING}]*|[^\s{_IDEOGRAPH}]+)\s*")
_EMPTY_LINES = re.compile(r"\n{3,}")


def laid_out(text: str) -> str:
    """``text`` with its long lines wrapped and its runs of empty lines made one.

    A line that is wrapped goes on under its own indentation. Words are never broken, so that
    a link stays whole, however long.
    """
    wrapped_lines = (part for line in text.split("\n") for part in wrapped(line))
    return _EMPTY_LINES.sub("\n\n", "\n".join(wrapped_lines)).strip("\n") + "\n"


def wrapped(line: str, columns: int = WIDTH) -> list[str]:
    """``line`` in pieces of at most ``columns``, each with its indentation."""
    if width(line) <= columns:
        return [line.rstrip()]
    indent = _indent(line)
    parts, used = [indent], width(indent)
    for piece in _PIECE.findall(line):
        size = width(piece.rstrip())
        if used + size > columns >= size + width(indent):
            parts.append(indent)
            used = width(indent)
        parts[-1] += piece
        used += width(piece)
    return [part.rstrip() for part in parts]


def flowing(text: str) -> str:
    """``text`` without the line breaks that ``laid_out`` made, for who has fewer columns."""
    lines = text.split("\n")
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _goes_on(before, line):
            joined[-1] += ("" if width(before[-1]) > 1 else " ") + line.lstrip()
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(before: str, line: str) -> bool:
    """Whether ``line`` begins with what the line before had no place for, under its indent."""
    if not (before.strip() and line.strip()) or _indent(before) != _indent(line):
        return False
    first = _PIECE.findall(line)[0].rstrip()
    return width(f"{before} {first}") > WIDTH >= width(f"{_indent(line)}{first}")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def aligned(pairs: Sequence[tuple[str, str]]) -> str:
    """Labels and values in two columns; a long value goes on below itself."""
    column = max((width(label) for label, _value in pairs), default=0) + len(INDENT)
    return "\n".join(_row(label, value, column) for label, value in pairs)


def _row(label: str, value: str, column: int) -> str:
    next_line = "\n" + " " * column
    gap = " " * (column - width(label))
    return label + gap + next_line.join(wrapped(value, WIDTH - column))


def indented(text: str) -> str:
    """``text`` as a quotation: nobody takes it for the letter's own words."""
    return "\n".join(INDENT + line for line in text.split("\n"))


def underlined(heading: str) -> str:
    """``heading`` above dashes as wide as it is."""
    return f"{heading}\n{'-' * width(heading)}"


def width(text: str) -> int:
    """How many columns ``text`` takes in a fixed-width font (UAX #11)."""
    return len(text) if text.isascii() else sum(_columns(mark) for mark in text)


def _columns(mark: str) -> int:
    if unicodedata.category(mark) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(mark) in {"W", "F"} else 1
