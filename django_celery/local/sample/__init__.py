"""A person who does not exist, with a CV and a portrait made for the purpose."""

from dataclasses import dataclass
from pathlib import Path

from django_celery.local.sample.portrait import portrait

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class SampleApplicant:
    """What somebody would type into the form, and the files they would choose."""

    full_name: str
    email: str
    phone: str
    cover_letter: str
    short_answer: str
    long_answer: str
    number: str
    day: str
    resume: bytes
    photo: bytes


def sample_applicant() -> SampleApplicant:
    """Somebody whose name a system made for ASCII would spoil."""
    return SampleApplicant(
        full_name="Zofia Łęcka-Nakamura",
        email="zofia@example.org",
        phone="+31 10 555 0142",
        cover_letter=_text("cover_letter.txt"),
        short_answer="https://example.org/zofia/queues-that-forget-nothing",
        long_answer=_text("answer.txt"),
        number="40",
        day="2026-09-01",
        resume=resume(),
        photo=portrait(),
    )


def resume() -> bytes:
    """A CV of one page as PDF."""
    from weasyprint import HTML  # noqa: PLC0415 - heavy, and only this function needs it

    content: bytes = HTML(_FOLDER / "resume.html").write_pdf()
    return content


def _text(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
