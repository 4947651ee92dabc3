"""Letters are written in one language, from the subject to the entry in a calendar."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.utils import translation

from applications.admin.hiring import texts
from applications.letters import compose, dates, plain, waiting
from applications.models import (
    Answer,
    Application,
    Document,
    Employee,
    Erasure,
    Job,
    Notice,
    PlannedLetter,
)
from tests.applications import translating
from tests.applications.letters import every
from tests.applications.letters.arrival import Page, bodies
from tests.states import world

pytestmark = pytest.mark.django_db

LINK = re.compile(r"(?:https?://|mailto:)\S+")
SUMMARY = re.compile(r"^SUMMARY:(.*)$", re.MULTILINE)
# What the makers of these letters have written, by whom it is written in life.
WRITTEN = (
    (Job, ("title", "department", "place", "summary")),
    (Application, ("full_name", "email", "phone", "reference", "cover_letter")),
    (Erasure, ("reference",)),
    (Answer, ("label", "value")),
    (Document, ("filename", "format")),
    (Notice, ("place", "people", "message", "time_zone")),
    (PlannedLetter, ("subject", "body")),
    (Employee, ("place", "contact_name", "contact_email", "good_to_know", "full_name", "email")),
)


@pytest.fixture
def company(monkeypatch):
    """One whose letters name two of three applications that wait."""
    monkeypatch.setattr(waiting, "_NAMED", 2)
    world.furnish()


def said(message):
    """All that people read of it."""
    text, html = bodies(message)
    entries = "".join(
        part.get_payload(decode=True).decode().replace("\r\n ", "")
        for part in message.attachments
        if part.get_content_type() == "text/calendar"
    )
    words = (message.subject, text, Page(html).text, *SUMMARY.findall(entries))
    return LINK.sub("", " ".join(words)).replace("\\,", ",")


def written():
    rows = [(row, fields) for model, fields in WRITTEN for row in model.objects.all()]
    values = [getattr(row, field) for row, fields in rows for field in fields]
    return {line for value in values for line in value.splitlines()}


def test_every_sentence_of_every_letter_can_be_translated(company, monkeypatch):
    translating.bracket(monkeypatch)
    ours = {"Northwind Studio", "all.pdf", "Engineering", "A" * 70, "UTC", "visitor@example.org"}
    found, known = {}, ours
    for message in every.letters():
        known |= written()
        found[message.subject] = translating.untranslated(said(message), known)
    assert {subject: words for subject, words in found.items() if words} == {}


@pytest.mark.parametrize("draft", ["free", "invitation", "rejection"])
def test_what_a_planned_letter_begins_with_can_be_translated(draft, company, monkeypatch):
    translating.bracket(monkeypatch)
    request = RequestFactory().get("/", {"draft": draft})
    request.user = User.objects.create_user("grace")
    text = texts.chosen(request, world.applied())
    known = {*written(), "Northwind Studio"}
    assert translating.untranslated(" ".join(text.values()), known) == []


def test_a_letter_turns_with_a_language_that_runs_from_right_to_left(company):
    with translation.override("ar"):
        turned = bodies(compose.application_received(world.applied(), []))[1]
    assert '<html lang="ar" dir="rtl">' in turned
    assert ("text-align: right" in turned, "text-align: left" in turned) == (True, False)


def test_dates_are_written_as_the_language_writes_them():
    with translation.override("de"):
        assert dates.weekday(date(2026, 3, 2)) == "Montag, 2 März 2026"


def test_the_line_below_a_heading_is_as_wide_as_it():
    assert plain.underlined("Dateien") == "Dateien\n-------"
    assert plain.underlined("書類") == "書類\n----"
