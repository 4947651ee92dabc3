"""HTML to PDF. Nothing is fetched or executed on the way."""

import logging
import os
from functools import cache, lru_cache
from threading import Lock

from django.template.loader import render_to_string
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from applications.palette import palette

# Its warnings quote what they are about, for example a letter that no font has.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# fontTools, which WeasyPrint calls for emoji, writes the time of day into fonts otherwise.
# https://reproducible-builds.org/docs/source-date-epoch/
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# WeasyPrint tells Pillow to take truncated images for whole ones, in the entire process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Photo and logo come within the HTML; neither files nor other machines are asked for anything.
# https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#url-fetchers
_FETCHER = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)

# Pango's font maps are not for several threads at a time, and rendering is nothing but CPU.
_lock = Lock()


def typeset(html: str, *, colour: str, identifier: str) -> bytes:
    """The page as tagged PDF (PDF/UA-1) with the dossier's stylesheet and embedded fonts.

    ``colour`` is the company's. Title, language, author and date come from the HTML's head.
    ``identifier`` becomes the first part of the file's /ID; the second is a digest, so that equal
    input gives equal bytes.
    """
    document = HTML(string=html, url_fetcher=_FETCHER)
    with _lock:
        content: bytes = document.write_pdf(
            stylesheets=[_stylesheet(colour)],
            font_config=_fonts(os.getpid()),
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier.encode(),
        )
    return content


@lru_cache(maxsize=4)
def _stylesheet(colour: str) -> CSS:
    """Parsed once a process, and shared with those forked from it."""
    context = {"accent": palette(colour).light}
    return CSS(string=render_to_string("dossier/dossier.css", context), url_fetcher=_FETCHER)


@cache
def _fonts(_process: int) -> FontConfiguration:
    """One a process: each costs 230 KiB for ever, and a parent's may not survive a fork."""
    return FontConfiguration()
