"""A stored message, read for people and tests."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import default
from typing import Any


@dataclass(frozen=True)
class Attachment:
    """An enclosed file, without its bytes."""

    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class Summary:
    """What a list of messages tells of one. ``received_at`` is aware, in UTC."""

    id: str
    message_id: str
    sender: str
    to: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: str
    received_at: datetime
    size: int
    attachments: tuple[Attachment, ...]

    def to_json(self) -> dict[str, Any]:
        """``sender`` under the name that mail has for it."""
        values = asdict(self)
        values["from"] = values.pop("sender")
        values["received_at"] = self.received_at.isoformat()
        return values


def parse(source: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=default).parsebytes(source)


def summarise(name: str, source: bytes) -> Summary:
    """``name`` is the id that the store gave to it."""
    message = parse(source)
    return Summary(
        id=name,
        message_id=_header(message, "Message-ID"),
        sender=_header(message, "From"),
        to=_addresses(message),
        recipients=tuple(str(value) for value in message.get_all("Delivered-To", ())),
        subject=_header(message, "Subject"),
        received_at=datetime.fromtimestamp(int(name.partition("-")[0]) / 1e9, UTC),
        size=len(source),
        attachments=tuple(_describe(part) for part in message.iter_attachments()),
    )


def attachment(message: EmailMessage, number: int) -> tuple[Attachment, bytes]:
    """The attachment with this number, from 0, and its bytes. Raises IndexError."""
    part = list(message.iter_attachments())[number]
    return _describe(part), _bytes(part)


def body(message: EmailMessage, kind: str) -> str | None:
    """The ``plain`` or ``html`` text of the message, if it has one."""
    part = message.get_body((kind,))
    return None if part is None else _text(part)


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _addresses(message: EmailMessage) -> tuple[str, ...]:
    header = message.get("To")
    return () if header is None else tuple(address.addr_spec for address in header.addresses)


def _describe(part: MIMEPart) -> Attachment:
    name = part.get_filename() or "unnamed"
    return Attachment(name, part.get_content_type(), len(_bytes(part)))


def _bytes(part: MIMEPart) -> bytes:
    # An enclosed message is not encoded and has no bytes of its own.
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()


def _text(part: MIMEPart) -> str:
    try:
        return _bytes(part).decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a character set that nobody knows
        return _bytes(part).decode(errors="replace")
