"""The inbox as HTML. Every value of a message is escaped by format_html."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from django_celery.local.inbox import message as messages
from django_celery.local.inbox.message import Attachment, Summary

_TEMPLATES = Path(__file__).with_name("templates")
_VIEWS = ("html", "text", "source")
_NOTHING = mark_safe("")
_KIBIBYTE = 1024


@dataclass(frozen=True)
class Opened:
    """A message that is shown, and how: as html, text or source (empty: the best it has)."""

    source: bytes
    view: str


def inbox(summaries: Sequence[Summary], *, open_name: str, opened: Opened | None) -> str:
    """The whole page: the list, and beside it the open message."""
    found = next((item for item in summaries if item.id == open_name), None)
    return _fill(
        "inbox",
        latest=summaries[0].id if summaries else "",
        count=_count(len(summaries)),
        rows=format_html_join("", "{}", ((_row(item, open_name),) for item in summaries)),
        state="open" if found and opened else "closed",
        content=_message(found, opened) if found and opened else _hint(summaries),
    )


def letter(content: str) -> str:
    """A message's own HTML. Its links leave the frame."""
    return f'<base target="_blank">{content}'


def _fill(template: str, **values: object) -> SafeString:
    return format_html((_TEMPLATES / f"{template}.html").read_text(), **values)


def _count(number: int) -> str:
    return "1 message" if number == 1 else f"{number} messages"


def _hint(summaries: Sequence[Summary]) -> SafeString:
    return _fill("nothing_open" if summaries else "empty")


def _row(item: Summary, open_name: str) -> SafeString:
    return _fill(
        "row",
        id=item.id,
        current="page" if item.id == open_name else "false",
        sender=item.sender,
        to=", ".join(item.to),
        subject=item.subject or "(no subject)",
        time=_time(item),
        iso_time=item.received_at.isoformat(),
        clip=_clip(len(item.attachments)),
    )


def _clip(number: int) -> SafeString:
    return _fill("clip", number=number) if number else _NOTHING


def _time(item: Summary) -> str:
    return f"{item.received_at.astimezone():%d %b, %H:%M:%S}"


def _message(item: Summary, opened: Opened) -> SafeString:
    message = messages.parse(opened.source)
    view = opened.view if opened.view in _VIEWS else _best_view(message)
    return _fill(
        "message",
        subject=item.subject or "(no subject)",
        sender=item.sender,
        to=", ".join(item.to),
        delivered=_delivered(item),
        time=_time(item),
        iso_time=item.received_at.isoformat(),
        message_id=item.message_id,
        attachments=_attachments(item),
        tabs=format_html_join("", "{}", ((_tab(item, name, view),) for name in _VIEWS)),
        body=_body(item, opened.source, view),
    )


def _delivered(item: Summary) -> SafeString:
    """Who got it, where that is not simply who it was addressed to."""
    if item.recipients == item.to:
        return _NOTHING
    return _fill("delivered", recipients=", ".join(item.recipients))


def _best_view(message: EmailMessage) -> str:
    return "text" if messages.body(message, "html") is None else "html"


def _tab(item: Summary, name: str, view: str) -> SafeString:
    return _fill(
        "tab",
        id=item.id,
        view=name,
        label={"html": "Letter", "text": "Text", "source": "Source"}[name],
        current="true" if name == view else "false",
    )


def _body(item: Summary, source: bytes, view: str) -> SafeString:
    if view == "html":
        return _fill("frame", id=item.id)
    if view == "source":
        return _fill("text", text=source.decode(errors="replace"))
    text = messages.body(messages.parse(source), "plain")
    return _fill("text", text=text or "This message has no text part.")


def _attachments(item: Summary) -> SafeString:
    rows = ((_attachment(item.id, *each),) for each in enumerate(item.attachments))
    return format_html_join("", "{}", rows)


def _attachment(name: str, number: int, item: Attachment) -> SafeString:
    return _fill(
        "attachment",
        id=name,
        number=number,
        path=quote(item.name, safe=""),
        name=item.name,
        kind=item.content_type,
        size=_size(item.size),
    )


def _size(size: int) -> str:
    if size < _KIBIBYTE:
        return f"{size} bytes"
    if size < _KIBIBYTE**2:
        return f"{size / _KIBIBYTE:.0f} KiB"
    return f"{size / _KIBIBYTE**2:.1f} MiB"
