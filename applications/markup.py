"""The plain text of a position's description, as HTML."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_HEADING, _POINT, _TEXT, _GAP = "# ", "- ", "", "\n"


def as_html(text: str) -> SafeString:
    r"""Headings (``# ``), points (``- ``) and paragraphs (between empty lines), all else escaped.

    >>> as_html("# You\n\nYou write.\n\n- Python\n- <b>")
    '<h2>You</h2><p>You write.</p><ul><li>Python</li><li>&lt;b&gt;</li></ul>'
    """
    return format_html_join("", "{}", ((block,) for block in _blocks(text)))


def _blocks(text: str) -> Iterator[SafeString]:
    lines = (line.strip() for line in text.splitlines())
    for mark, group in groupby(lines, key=_mark):
        yield _WRITERS[mark](line.removeprefix(mark).strip() for line in group)


def _mark(line: str) -> str:
    if not line:
        return _GAP
    return next(mark for mark in (_HEADING, _POINT, _TEXT) if line.startswith(mark))


def _headings(lines: Iterable[str]) -> SafeString:
    return format_html_join("", "<h2>{}</h2>", ((line,) for line in lines))


def _points(lines: Iterable[str]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((li,) for li in lines)))


def _paragraph(lines: Iterable[str]) -> SafeString:
    return format_html("<p>{}</p>", " ".join(lines))


def _nothing(_lines: Iterable[str]) -> SafeString:
    return SafeString()


_WRITERS: dict[str, Callable[[Iterable[str]], SafeString]] = {
    _HEADING: _headings,
    _POINT: _points,
    _TEXT: _paragraph,
    _GAP: _nothing,
}
