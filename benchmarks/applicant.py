"""Somebody who applies: two pages of dossier, a CV of 1 MB, a photo of 300 KB."""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from applications.models import Question

FULL_NAME = "Maximiliane Østergård-Nwosu"
EMAIL = "maximiliane@example.org"
PHONE = "+45 33 12 34 56"

_TEXTS = Path(__file__).parent / "texts"
_RESUME_BYTES = 1_000_000
_PHOTO_SIZE = (1200, 1500)
# As much grain as makes a JPEG of this size and quality about 300 KB.
_GRAIN, _QUALITY = 0.066, 85


def cover_letter() -> str:
    return (_TEXTS / "cover_letter.txt").read_text("utf-8")


def form(questions: Iterable[Question]) -> dict[str, object]:
    """The fields of a new application, as a browser sends them; the token is not among them."""
    return {
        "submission_key": str(uuid4()),
        "full_name": FULL_NAME,
        "email": EMAIL,
        "phone": PHONE,
        "cover_letter": cover_letter(),
        "consent": "on",
        **{question.field_name: answer_to(question) for question in questions},
        "resume": SimpleUploadedFile("cv.pdf", resume(), "application/pdf"),
        "photo": SimpleUploadedFile("portrait.jpg", photo(), "image/jpeg"),
    }


def answer_to(question: Question) -> str:
    """As the form takes it."""
    match question.kind:
        case Question.Kind.LONG_TEXT:
            return (_TEXTS / "answer.txt").read_text("utf-8")
        case Question.Kind.CHOICE:
            return question.choices[0]
        case Question.Kind.YES_NO:
            return "yes"
        case _:
            return "https://example.org/maximiliane/on-queues"


@cache
def resume() -> bytes:
    """A PDF of one page behind which an editor has left 1 MB of its own, as some do."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.xmp_metadata = Random(1).randbytes(_RESUME_BYTES)  # noqa: S311 - no secret
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@cache
def photo() -> bytes:
    """A grainy JPEG of 1.8 megapixels: an evening sky."""
    width, height = _PHOTO_SIZE
    sky = Image.linear_gradient("L").resize(_PHOTO_SIZE)
    picture = Image.merge("RGB", (sky, sky, Image.new("L", _PHOTO_SIZE, 170)))
    noise = Random(2).randbytes(width * height)  # noqa: S311 - no secret
    grain = Image.frombytes("L", _PHOTO_SIZE, noise).convert("RGB")
    stream = BytesIO()
    Image.blend(picture, grain, _GRAIN).save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
