import pytest

from applications.letters.sent import what_was_sent
from applications.models import Document, Question


def test_files_are_those_that_the_applicant_sent(application):
    sent = what_was_sent(application, list(application.documents.all()))
    assert sent.files == (("CV", "cv.pdf, 3\xa0bytes"),)


def test_facts_that_were_not_given_are_left_out(application):
    application.phone = ""
    assert "Phone" not in dict(what_was_sent(application, []).facts)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Question.Kind.YES_NO, "yes", "Yes"),
        (Question.Kind.YES_NO, "no", "No"),
        (Question.Kind.YES_NO, "", "Not answered"),
        (Question.Kind.CHOICE, "yes", "yes"),
        (Question.Kind.LONG_TEXT, "one\r\n\r\ntwo\n", "one\n\ntwo"),
        (Question.Kind.SHORT_TEXT, "  ", "Not answered"),
    ],
)
def test_answer_is_shown_in_words(kind, value, shown, application):
    application.answers.update(kind=kind, value=value)
    answers = what_was_sent(application, []).answers
    assert {answer for _question, answer in answers} == {shown}


def test_unlinked_copy_breaks_what_was_typed_and_leaves_our_own_words(application):
    application.answers.update(label="Is evil.com yours?", value="evil.com")
    copy = what_was_sent(application, list(Document.objects.all())).unlinked()
    assert set(copy.answers) == {("Is evil.com yours?", "evil\u2060.\u2060com")}
    assert copy.files == (("CV", "cv\u2060.\u2060pdf, 3\xa0bytes"),)
