import pytest

from applications.letters.compose import _documents
from applications.letters.sent import what_is_confirmed, what_was_sent
from applications.models import Document, Question
from tests.factories import make_document


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
        (Question.Kind.CHOICES, "Ada\nLisp", "• Ada\n• Lisp"),
        (Question.Kind.NUMBER, "-1250.5", "-1,250.5"),
        (Question.Kind.DATE, "2026-05-01", "1 May 2026"),
        (Question.Kind.FILE, "work.pdf", "work.pdf"),
    ],
)
def test_answer_is_shown_in_words(kind, value, shown, application):
    application.answers.update(kind=kind, value=value)
    answers = what_was_sent(application, []).answers
    assert {one.answer for one in answers} == {shown}


def test_a_link_leads_somewhere_for_hr(application):
    application.answers.update(kind=Question.Kind.LINK, value="https://example.org/work")
    sent = what_was_sent(application, [])
    assert {one.link for one in sent.answers} == {"https://example.org/work"}


def test_files_that_answer_questions_come_last_and_are_told_by_their_question(application):
    for number in (4, 2):
        make_document(application, kind="question", number=number, filename=f"{number}.pdf")
    files = what_was_sent(application, _documents(application)).files
    assert [label for label, _value in files] == ["CV", "Question 2", "Question 4"]


def test_a_receipt_repeats_no_word_but_a_name_and_that_leads_nowhere(application):
    application.full_name = "Ada evil.com"
    application.phone = application.cover_letter = "Call now"
    application.answers.update(value="evil.com")
    Document.objects.update(filename="win-a-prize.pdf")
    copy = what_is_confirmed(application, _documents(application))
    assert copy.name == "Ada evil\u2060.\u2060com"
    assert dict(copy.facts).keys() == {"Position", "Sent", "Consent"}
    assert copy.files == (("CV", "PDF, 3\xa0bytes"),)


def test_a_name_that_could_be_a_message_is_not_repeated(application):
    application.full_name = "You have won a thousand dollars, just call this number here now"
    assert what_is_confirmed(application, []).name == ""
