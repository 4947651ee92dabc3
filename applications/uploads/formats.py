"""The types of file that we take."""

from collections.abc import Callable
from dataclasses import dataclass

from applications.uploads import pdf, pictures, written, zipped


def _nothing_more(_content: bytes) -> None:
    """For formats that can be neither locked nor broken in a way that matters."""


@dataclass(frozen=True)
class Format:
    """One type of file: how it is named, how its content is known, what can be wrong with it."""

    name: str
    extensions: tuple[str, ...]
    content_type: str
    fits: Callable[[bytes], bool]
    inspect: Callable[[bytes], None] = _nothing_more


PDF = Format("PDF", ("pdf",), "application/pdf", pdf.is_pdf, pdf.inspect_pdf)
DOCX = Format(
    "DOCX",
    ("docx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    zipped.may_be_docx,
    zipped.inspect_docx,
)
ODT = Format(
    "ODT",
    ("odt",),
    "application/vnd.oasis.opendocument.text",
    zipped.is_odt,
    zipped.inspect_odt,
)
RTF = Format("RTF", ("rtf",), "application/rtf", written.is_rtf)
TXT = Format("TXT", ("txt",), "text/plain", written.is_text, written.inspect_text)

JPEG = Format("JPEG", ("jpg", "jpeg"), "image/jpeg", pictures.is_jpeg, pictures.inspect_jpeg)
PNG = Format("PNG", ("png",), "image/png", pictures.is_png, pictures.inspect_png)
WEBP = Format("WebP", ("webp",), "image/webp", pictures.is_webp, pictures.inspect_webp)
