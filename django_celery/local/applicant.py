"""Somebody who applies through the web form, as a browser would: over HTTP, knowing no secrets."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urljoin
from urllib.request import Request

from django_celery.local.http import request
from django_celery.local.sample import SampleApplicant

_PATIENCE = 30


class NotAccepted(Exception):
    """The site did not accept the application. The text says what it answered."""


class ApplyFormReader(HTMLParser):
    """The fields of the page's forms: hidden values, and what could be chosen or written.

    ``hidden`` are name and value; ``choices`` the options with a value, in order; ``lines`` and
    ``texts`` the names of the fields for a line or for several, ``numbers``, ``days`` and ``files``
    of those for nothing else.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.lines: list[str] = []
        self.texts: list[str] = []
        self.numbers: list[str] = []
        self.days: list[str] = []
        self.files: list[str] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        match tag:
            case "input":
                self._read_input(values)
            case "textarea":
                self.texts.append(values["name"])
            case "select":
                self._select = values["name"]
            case "option":
                self._offer(self._select, values["value"])

    def _read_input(self, values: dict[str, str]) -> None:
        match values.get("type"):
            case "hidden":
                self.hidden[values["name"]] = values["value"]
            case "radio" | "checkbox":
                self._offer(values["name"], values.get("value", ""))
            case "date":
                self.days.append(values["name"])
            case "file":
                self.files.append(values["name"])
            case "text" | None if values.get("inputmode") == "decimal":
                self.numbers.append(values["name"])
            case "text" | None:
                self.lines.append(values["name"])

    def _offer(self, name: str, value: str) -> None:
        if value:
            self.choices.setdefault(name, []).append(value)


class Browser:
    """Keeps cookies and follows redirects."""

    def __init__(self, site_url: str) -> None:
        self._site_url = site_url
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def apply(self, slug: str, applicant: SampleApplicant) -> str:
        """Fill in and send the form of a position; the address of the applicant's page.

        Raises NotAccepted.
        """
        address = urljoin(self._site_url, f"/jobs/{slug}/apply/")
        body, content_type = fill_in(self._ask(request(address))[1].decode(), applicant)
        headers = {"Content-Type": content_type, "Referer": address}
        return self._ask(request(address, body, headers=headers))[0]

    def progress(self, page: str) -> dict[str, Any]:
        """How far the application of this page has come: the contract's JSON."""
        found: dict[str, Any] = json.loads(self._ask(request(f"{page.rstrip('/')}.json"))[1])
        return found

    def _ask(self, asked: Request) -> tuple[str, bytes]:
        """The address that answered in the end, and its answer."""
        try:
            with self._opener.open(asked, timeout=_PATIENCE) as answer:
                return answer.url, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise NotAccepted(f"{asked.full_url} answered {error.code}.") from None


def fill_in(page: str, applicant: SampleApplicant) -> tuple[bytes, str]:
    """The body that a browser would send for the form on this page, and its Content-Type."""
    form = ApplyFormReader()
    form.feed(page)
    return _multipart(_fields(form, applicant), _files(form, applicant))


def _fields(form: ApplyFormReader, applicant: SampleApplicant) -> Iterator[tuple[str, str]]:
    yield from form.hidden.items()
    for name in ("full_name", "email", "phone", "cover_letter"):
        yield name, getattr(applicant, name)
    yield "consent", "on"
    yield from ((name, options[0]) for name, options in form.choices.items())
    yield from ((name, applicant.short_answer) for name in form.lines if _is_question(name))
    yield from ((name, applicant.long_answer) for name in form.texts if _is_question(name))
    yield from ((name, applicant.number) for name in form.numbers)
    yield from ((name, applicant.day) for name in form.days)


def _is_question(name: str) -> bool:
    return name.startswith("question_")


def _files(
    form: ApplyFormReader, applicant: SampleApplicant
) -> Iterator[tuple[str, str, str, bytes]]:
    yield "resume", "CV Zofia Łęcka-Nakamura.pdf", "application/pdf", applicant.resume
    yield "photo", "portrait.jpg", "image/jpeg", applicant.photo
    for name in filter(_is_question, form.files):
        yield name, "Work.pdf", "application/pdf", applicant.resume


def _multipart(
    fields: Iterator[tuple[str, str]], files: Iterator[tuple[str, str, str, bytes]]
) -> tuple[bytes, str]:
    """A body of multipart/form-data (RFC 7578) and its Content-Type."""
    boundary = secrets.token_hex(16)
    parts = [_part(boundary, f'name="{name}"', "", text.encode()) for name, text in fields]
    parts += [
        _part(boundary, f'name="{name}"; filename="{filename}"', content_type, content)
        for name, filename, content_type, content in files
    ]
    body = b"".join((*parts, f"--{boundary}--\r\n".encode()))
    return body, f"multipart/form-data; boundary={boundary}"


def _part(boundary: str, about: str, content_type: str, content: bytes) -> bytes:
    kind = f"Content-Type: {content_type}\r\n" if content_type else ""
    head = f"--{boundary}\r\nContent-Disposition: form-data; {about}\r\n{kind}\r\n"
    return head.encode() + content + b"\r\n"
