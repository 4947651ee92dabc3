"""Ways to the same dossier, ready to be measured."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader
from weasyprint import HTML

from applications import dossier
from applications.dossier.composing import compose
from applications.dossier.content import Dossier
from applications.dossier.photo import printed
from applications.models import Application
from applications.palette import palette
from benchmarks import applicant

_PAGES = 2


@dataclass(frozen=True, slots=True)
class Way:
    """``clock`` tells the seconds of CPU that it has used so far."""

    draw: Callable[[], bytes]
    clock: Callable[[], float] = time.process_time
    is_tagged: bool = True

    def milliseconds(self) -> float:
        """What one document takes; the garbage of those before it is not its own."""
        gc.collect()
        began = self.clock()
        self.draw()
        return 1000 * (self.clock() - began)

    def check(self) -> None:
        """Raises RuntimeError if what it draws is another document."""
        reader = PdfReader(BytesIO(self.draw()))
        catalog: Any = reader.trailer["/Root"]
        is_tagged = bool(catalog.get("/MarkInfo", {}).get("/Marked"))
        if (len(reader.pages), is_tagged) != (_PAGES, self.is_tagged):
            raise RuntimeError("The ways lead to different documents: nothing is compared.")


def ours(application_id: str) -> Way:
    """The product's, from the database to the PDF."""
    photo = applicant.photo()

    def draw() -> bytes:
        return dossier.render(Application.objects.get(pk=application_id), photo=photo)

    return Way(draw)


def plain(application_id: str) -> Way:
    """WeasyPrint and nothing more, with the HTML that the product makes."""
    return _plain(content_of(application_id, printed(applicant.photo())))


def textbook(application_id: str) -> Way:
    """The same with the photo as it was uploaded."""
    return _plain(content_of(application_id, applicant.photo()))


def content_of(application_id: str, portrait: bytes) -> Dossier:
    """What the dossier says, with this photo."""
    application = Application.objects.select_related("job").get(pk=application_id)
    return compose(application, portrait=portrait, remarks={})


def _plain(content: Dossier) -> Way:
    page = page_of(content)

    def draw() -> bytes:
        drawn: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
        return drawn

    return Way(draw)


def page_of(content: Dossier) -> str:
    """The dossier's HTML, with its stylesheet inside."""
    page = render_to_string("dossier/dossier.html", {"dossier": content})
    context = {"accent": palette(content.colour).light, "start": "left", "end": "right"}
    style = f"<style>{render_to_string('dossier/dossier.css', context)}</style>"
    return page.replace("</head>", f"{style}</head>")
