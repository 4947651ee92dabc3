"""A dossier is written in one language, but for what its applicant wrote."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from pypdf import PdfReader

from applications import dossier
from applications.dossier import Pages, rendering
from tests.applications import translating
from tests.applications.dossier.conftest import LETTER

TYPED = {
    *("Amina Okafor", "amina.okafor@example.com", "+49 (0)40 555 01 77", *LETTER.splitlines()),
    *("When could you start?", "1 June 2026", "May you work in the EU?", "What failed?"),
    *("A certificate.", "Then an alarm.", "Have you applied before?"),
    *("CV Amina Okafor.pdf", "portrait.jpg", "PDF", "JPEG"),
}
OURS = {"7K3M-9QXA", "Backend engineer", "Hamburg", "Engineering", "Northwind Studio", "UTC"}
NO_PAGES, ONE, TWO = (Pages(b"", count, was_active=False) for count in (0, 1, 2))


@pytest.fixture
def said(monkeypatch, application):
    """What a reader gets to see or hear of a dossier in brackets."""
    monkeypatch.setattr(rendering, "_typeset", lambda html, **_options: html.encode())
    translating.bracket(monkeypatch)

    def words(**files):
        page = ET.fromstring(dossier.render(application, **files))
        heard = [each.get(name, "") for each in page.iter() for name in ("alt", "content")]
        return " ".join([*page.itertext(), *heard])

    return words


@pytest.mark.parametrize("cv", [None, NO_PAGES, ONE, TWO])
def test_every_sentence_can_be_translated(said, photo, cv):
    assert translating.untranslated(said(photo=photo, cv=cv), TYPED | OURS) == []


def test_what_is_missing_is_said_in_the_same_language(application, said):
    application.documents.all().delete()
    application.cover_letter = ""
    assert translating.untranslated(said(photo=b"torn"), TYPED | OURS) == []


def test_a_photo_that_is_not_shown_is_told_of_in_the_same_language(said):
    assert translating.untranslated(said(photo=b"torn"), TYPED | OURS) == []


def labels_at(application):
    """Where the facts' labels stand, from the left edge, and how wide the page is, in points."""
    found = []

    def visit(text, _matrix, place, _font, _size):
        if "E-mail" in text:
            found.append(place[4])

    page = PdfReader(BytesIO(dossier.render(application, photo=None))).pages[0]
    page.extract_text(visitor_text=visit)
    return found[0], float(page.mediabox.width)


def test_a_language_that_runs_from_right_to_left_turns_the_page(application):
    left, width = labels_at(application)
    with translation.override("ar"):
        turned, _width = labels_at(application)
    assert left < width / 4
    assert turned > width * 3 / 4


def test_the_pdf_says_which_language_it_is_in(application):
    with translation.override("de"):
        pdf = PdfReader(BytesIO(dossier.render(application, photo=None)))
    assert pdf.root_object["/Lang"] == "de"
    assert "14 März 2026" in pdf.pages[0].extract_text()
