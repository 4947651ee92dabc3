import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from applications.dossier import pdf
from applications.dossier.composing import compose
from applications.dossier.photo import printed
from applications.models import Document, Question
from applications.palette import DEFAULT_COLOUR, palette
from tests.applications.dossier.conftest import ask

TAG = re.compile(r"<([a-z][a-z0-9]*)")
WORD = re.compile(r"^([a-z][a-z0-9]*)(?:,| \{)$", re.MULTILINE)
INSIDE_THE_HEAD_OR_A_LINE = {"meta", "title", "a", "span"}
STYLE = {"accent": palette(DEFAULT_COLOUR).light, "start": "left", "end": "right"}
PAGE = '<html lang="en"><head><title>Page</title></head><body><p>{}</p></body></html>'


def typeset(markup):
    return pdf.typeset(markup, colour=DEFAULT_COLOUR, identifier="1", variant=pdf.PDF_UA)


@pytest.fixture
def markup(application, photo):
    application.full_name = "أمينة Okafor 山田 🌻"
    ask(application, Question.Kind.CHOICES, "Which days?", "Monday\nFriday")
    portrait = printed(photo)
    content = compose(
        application, portrait=portrait, remarks={Document.Kind.PHOTO: "It could not be shown."}
    )
    return render_to_string("dossier/dossier.html", {"dossier": content})


def test_a_page_leads_to_the_bytes_to_which_weasyprints_own_way_leads(markup):
    """With its parser, and with its stylesheet for any element there is."""
    in_its_way = HTML(string=markup).write_pdf(
        stylesheets=[CSS(string=render_to_string("dossier/dossier.css", STYLE))],
        font_config=pdf._fonts(os.getpid()),
        pdf_variant=pdf.PDF_UA,
        pdf_identifier=b"1",
    )

    assert typeset(markup) == in_its_way


def test_markup_that_is_not_well_formed_is_refused():
    with pytest.raises(ET.ParseError):
        typeset(PAGE.format("<br>"))


def test_what_xml_has_no_room_for_is_left_out():
    clean = typeset(PAGE.format("Ada"))

    assert typeset(PAGE.format("A\0d\x1f\ud800a\uffff")) == clean


def test_the_rules_for_elements_know_every_element_of_the_templates():
    """What is missing there would be set as if it were a span."""
    templates = Path(settings.BASE_DIR, "templates/dossier")
    used = {tag for path in templates.glob("*.html") for tag in TAG.findall(path.read_text())}
    known = set(WORD.findall((templates / "elements.css").read_text()))

    assert used - known - INSIDE_THE_HEAD_OR_A_LINE == set()
