"""A page for WeasyPrint that was written by our own template."""

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from applications.palette import palette

# Photo and logo come within the page; neither files nor other machines are asked for anything.
# https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#url-fetchers
_FETCHER = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)

# https://www.w3.org/TR/xml/#charsets
_NO_CHARACTERS = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


DOSSIER = "dossier/dossier.css"


class Page(HTML):  # type: ignore[misc]  # WeasyPrint publishes no types
    """Well-formed markup, of the elements that elements.css knows, in a company's ``colour``.

    What a page from anywhere needs is left out, and with it a tenth of the time: a parser in Python
    that forgives everything, and a browser's stylesheet matched against each element. This
    stands in for WeasyPrint's own constructor and stylesheet, so it is tied to the version that
    requirements pin. Raises ParseError for markup that is not well-formed.
    """

    def __init__(self, markup: str, *, colour: str, style: str) -> None:
        # Not a stranger's XML: what people typed is escaped in it, so it can declare nothing.
        root = ET.fromstring(_NO_CHARACTERS.sub("", markup))  # noqa: S314 - see above
        self.base_url = None
        self.url_fetcher = _FETCHER
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self._stylesheets = [_stylesheet(colour, style, is_rtl=get_language_bidi())]

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: ARG002, FBT001, FBT002 - its name
        return self._stylesheets


@lru_cache(maxsize=4)
def _stylesheet(colour: str, style: str, *, is_rtl: bool) -> CSS:
    """Parsed once a process, and shared with those forked from it."""
    start, end = ("right", "left") if is_rtl else ("left", "right")
    context = {"accent": palette(colour).light, "start": start, "end": end}
    rules = (render_to_string(name, context) for name in ("dossier/elements.css", style))
    return CSS(string="".join(rules), url_fetcher=_FETCHER)
