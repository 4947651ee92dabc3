import pytest
from django.utils import translation

from applications.models import Answer, Question, in_words

Kind = Question.Kind


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [("en", "-1,250.5", "1 May 2026"), ("de", "-1.250,5", "1 Mai 2026")],
)
def test_numbers_and_days_are_told_as_the_language_writes_them(language, number, day):
    with translation.override(language):
        assert in_words(Kind.NUMBER, "-1250.5") == number
        assert in_words(Kind.DATE, "2026-05-01") == day


@pytest.mark.parametrize("kind", Kind)
def test_what_was_not_answered_has_no_words(kind):
    assert in_words(kind, "") == ""


def test_text_stays_as_it_was_written():
    assert in_words(Kind.SHORT_TEXT, "yes") == "yes"
    assert in_words(Kind.YES_NO, "yes") == "Yes"


def test_only_several_choices_are_a_list_and_only_a_link_leads_anywhere():
    text = Answer(kind=Kind.LONG_TEXT, value="https://example.org\nAda")
    assert (text.options, text.link) == ([], "")
    assert Answer(kind=Kind.CHOICES, value="Ada\nLisp").options == ["Ada", "Lisp"]
    assert Answer(kind=Kind.LINK, value="https://example.org").link == "https://example.org"
