"""A letter as it arrives."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

from django.core.mail import EmailMultiAlternatives


def on_the_wire(letter: EmailMultiAlternatives) -> bytes:
    return letter.message().as_bytes(linesep="\r\n")


def arrived(letter: EmailMultiAlternatives) -> EmailMessage:
    """Read as a mail program reads it, by a parser other than the one that wrote it."""
    return BytesParser(policy=policy.default).parsebytes(on_the_wire(letter))


def bodies(letter: EmailMultiAlternatives) -> tuple[str, str]:
    """The plain text and the HTML."""
    parts = [arrived(letter).get_body((kind,)).get_content() for kind in ("plain", "html")]
    return parts[0], parts[1]


class Page(HTMLParser):
    """What a mail program makes of a letter's HTML: elements, where links lead, what is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.cells: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag in {"td", "th"}:
            self.cells.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1] != "style":
            self.text += data
