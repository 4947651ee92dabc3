"""All that people read is in a translator's reach, and no page falls apart the other way."""

import re

import pytest

from applications import stylesheet
from applications.models import ConsentText
from tests.applications import translating
from tests.applications.views.pages import read

pytestmark = pytest.mark.django_db

SPOKEN = {
    *("aria-label", "data-too-large", "data-wrong-type", "data-empty", "data-sending"),
    *("data-progress-text", "data-waiting", "data-interrupted", "data-stopped", "data-unclear"),
}
URL = "/jobs/backend-engineer/apply/"
ONE_SIDE = re.compile(
    r"\b(?:margin|padding|border|inset)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear):\s*(?:left|right)"
)


@pytest.fixture
def translated(monkeypatch):
    translating.bracket(monkeypatch)


def untranslated(response, known):
    """The words on the page that no translator could reach, but for the ``known`` texts."""
    main = read(response)["main"]
    return translating.untranslated(" ".join([*main.itertext(), *spoken(main)]), known)


def spoken(main):
    """What only a screen reader or a script says."""
    attributes = [item for element in main.iter() for item in element.items()]
    return [value for name, value in attributes if name in SPOKEN]


@pytest.fixture
def known(job):
    """What HR and the applicant wrote, which nobody translates."""
    own = [job.title, job.department, job.place, ConsentText.objects.get().body]
    asked = [text for one in job.questions.all() for text in (one.label, *one.choices)]
    typed = ["Ada Lovelace", "ada@example.org", "+44 20 7946 0018", "Dear team,", "here I am."]
    answers = ["A word", "A story", "1,250.5", "1 May 2026", "https://example.org/work"]
    return {*own, *asked, *typed, *answers, "cv.pdf", "work.rtf"}


def test_every_sentence_of_the_form_can_be_translated(client, post, known, translated):
    assert untranslated(client.get(URL), known) == []
    assert untranslated(post(full_name="", consent="", resume="", phone="no"), known) == []


def test_every_sentence_of_the_review_can_be_translated(post, known, translated):
    assert untranslated(post(review="1"), known) == []


def test_every_sentence_about_what_is_too_large_can_be_translated(client, translated):
    assert untranslated(client.get("/too-large/"), set()) == []


def test_a_language_that_runs_from_right_to_left_turns_the_page(client, job, settings):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("ar", "Arabic")], "ar"
    assert '<html lang="ar" dir="rtl">' in client.get(URL).text


def test_the_stylesheet_knows_beginnings_and_ends_and_no_left_or_right():
    assert ONE_SIDE.findall(stylesheet.content("#0b5d4e")) == []
