"""HTML to PDF. Nothing is fetched or executed on the way."""

import logging
import os
from functools import cache
from threading import Lock

from PIL import ImageFile
from weasyprint.text.fonts import FontConfiguration

from applications.dossier.page import DOSSIER, Page

# Its warnings quote what they are about, for example a letter that no font has.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# fontTools, which WeasyPrint calls for emoji, writes the time of day into fonts otherwise.
# https://reproducible-builds.org/docs/source-date-epoch/
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# WeasyPrint tells Pillow to take truncated images for whole ones, in the entire process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

PDF_UA = "pdf/ua-1"

# Pango's font maps are not for several threads at a time, and rendering is nothing but CPU.
_lock = Lock()


def typeset(
    html: str, *, colour: str, identifier: str, variant: str | None, style: str = DOSSIER
) -> bytes:
    """The page as tagged PDF with the stylesheet ``style`` and embedded fonts.

    ``colour`` is the company's, ``variant`` the standard that the file says it follows. Title,
    language, author and date come from the HTML's head.
    ``identifier`` becomes the first part of the file's /ID; the second is a digest, so that equal
    input gives equal bytes.
    """
    page = Page(html, colour=colour, style=style)
    with _lock:
        content: bytes = page.write_pdf(
            font_config=_fonts(os.getpid()),
            pdf_tags=True,
            pdf_variant=variant,
            pdf_identifier=identifier.encode(),
        )
    return content


@cache
def _fonts(_process: int) -> FontConfiguration:
    """One a process: each costs 230 KiB for ever, and a parent's may not survive a fork."""
    return FontConfiguration()
