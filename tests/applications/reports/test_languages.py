"""A weekly report is written in one language, but for what people typed."""

from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from applications import dossier
from applications.models import PastApplication
from applications.reports import paper, workbook
from applications.reports.figures import figures_of
from applications.reports.weeks import Week
from pipelines.models import Run
from tests.applications import translating
from tests.factories import make_application, make_job, make_letter

WEEK = Week(date(2026, 3, 2))
KNOWN = {"Backend engineer", "apply_now.email_hr", "Northwind Studio"}


@pytest.fixture
def busy(db):
    """A week in which something of everything has happened."""
    job = make_job(title="Backend engineer")
    for number in range(2):
        application = make_application(job=job, submitted_at=WEEK.start)
        application.stage_changes.create(
            from_stage="new", to_stage="interview", at=WEEK.start + timedelta(days=number + 1)
        )
        sent_at = WEEK.start + timedelta(hours=2)
        make_letter(application, intents=1, intent_at=sent_at, sent_at=sent_at)
    PastApplication.objects.create(job=job, submitted_on=WEEK.monday, stage="new")
    run = Run.objects.create(pipeline="apply_now", subject_id="1")
    run.steps.create(name="email_hr", stage=0, status="failure", finished_at=WEEK.start)


class Words(HTMLParser):
    """What a reader gets to see or hear of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, _tag, attributes):
        self.found += [value for name, value in attributes if name == "aria-label"]

    def handle_data(self, data):
        self.found.append(data)


def untranslated_on_paper(monkeypatch):
    monkeypatch.setattr(dossier, "typeset", lambda html, **_options: html.encode())
    translating.bracket(monkeypatch)
    page = paper.draw(figures_of(WEEK)).decode()
    return translating.untranslated(" ".join(Words(page).found), KNOWN)


def test_every_sentence_can_be_translated(busy, monkeypatch):
    assert untranslated_on_paper(monkeypatch) == []


def test_of_an_empty_week_too(db, monkeypatch):
    assert untranslated_on_paper(monkeypatch) == []


def test_every_cell_of_the_workbook_can_be_translated(busy, monkeypatch):
    translating.bracket(monkeypatch)
    written = []
    monkeypatch.setattr(workbook, "_row", lambda _sheet, _number, cells, *_: written.extend(cells))
    workbook.write_workbook(BytesIO(), figures_of(WEEK))
    texts = " ".join(cell for cell in written if isinstance(cell, str))
    assert translating.untranslated(texts, KNOWN) == []


def drawn():
    return PdfReader(BytesIO(paper.draw(figures_of(WEEK))))


def test_it_is_written_as_the_language_writes(busy):
    with translation.override("de"):
        report = drawn()
    assert report.root_object["/Lang"] == "de"
    text = translating.normal(report.pages[0].extract_text())
    assert "März 2026" in text
    assert "1,5 d 2,0 d" in text


def place_of_the_position(report):
    """How far from the left edge it begins, in points."""
    places = []

    def visit(text, _matrix, place, _font, _size):
        if "Backend" in text:
            places.append(place[4])

    report.pages[0].extract_text(visitor_text=visit)
    return places[0]


def test_a_language_that_runs_from_right_to_left_turns_the_tables(busy):
    left = place_of_the_position(drawn())
    with translation.override("ar"):
        turned = place_of_the_position(drawn())
    assert turned > left + 100
