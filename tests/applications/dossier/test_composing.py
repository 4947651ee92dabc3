from datetime import UTC, datetime

import pytest

from applications.dossier.composing import compose
from applications.models import Application, Document, Question
from tests.applications.dossier.conftest import ask
from tests.factories import make_application, make_document


def composed(application, **options):
    return compose(application, **{"portrait": None, "remarks": {}, **options})


def facts(application):
    return {fact.label: fact.value.text for fact in composed(application).facts}


def test_facts_are_what_hr_asks_first(application):
    assert facts(application) == {
        "E-mail": "amina.okafor@example.com",
        "Phone": "+49 (0)40 555 01 77",
        "Department": "Engineering",
        "Place": "Hamburg · Hybrid",
        "Employment": "Full time",
        "Submitted": "14 March 2026, 15:05 UTC",
        "Consent": f"Given to version {application.consent_id} of the text",
    }


def test_submission_is_told_in_the_offices_time(application, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    application.submitted_at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert facts(application)["Submitted"] == "2 July 2026, 00:30 CEST"


def test_facts_that_were_not_given_are_left_out(application):
    application.phone = ""

    assert "Phone" not in facts(application)


def test_questions_stand_as_they_were_asked_in_their_order(application):
    told = [
        (item.question.text, [paragraph.text for paragraph in item.answer])
        for item in composed(application).questions
    ]

    assert told == [
        ("When could you start?", ["1 June 2026"]),
        ("May you work in the EU?", ["Yes"]),
        ("What failed?", ["A certificate.", "Then an alarm."]),
        ("Have you applied before?", []),
    ]


def test_yes_typed_into_a_text_question_stays_as_typed(application):
    ask(application, Question.Kind.SHORT_TEXT, "Tea?", "yes")

    assert composed(application).questions[-1].answer[0].text == "yes"


def test_several_options_are_a_list(application):
    ask(application, Question.Kind.CHOICES, "Which?", "Ada\nLisp")

    assert [option.text for option in composed(application).questions[-1].options] == [
        "Ada",
        "Lisp",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (Question.Kind.NUMBER, "1250.5", "1,250.5"),
        (Question.Kind.DATE, "2026-05-01", "1 May 2026"),
    ],
)
def test_numbers_and_dates_are_told_as_people_write_them(application, kind, value, told):
    ask(application, kind, "How much, or when?", value)

    assert composed(application).questions[-1].answer[0].text == told


def test_a_link_leads_where_it_says(application):
    ask(application, Question.Kind.LINK, "Your work?", "https://example.org/a")
    question = composed(application).questions[-1]

    assert (question.answer[0].text, question.link) == ("https://example.org/a",) * 2


def test_a_file_that_answers_a_question_is_listed_and_opens_from_both_places(application):
    ask(application, Question.Kind.FILE, "Your work?", "work.pdf")
    make_document(application, kind=Document.Kind.QUESTION, number=5, filename="work.pdf")
    dossier = composed(application)

    assert (dossier.files[-1].kind, dossier.files[-1].name.text) == ("Question 5", "work.pdf")
    assert dossier.questions[-1].link == dossier.files[-1].link
    assert [question.link for question in dossier.questions[:-1]] == [""] * 4


def test_files_are_listed_cv_first_and_without_the_dossier(application):
    make_document(application, kind=Document.Kind.DOSSIER, filename="7K3M-9QXA.pdf")
    files = composed(application).files

    assert [(file.kind, file.name.text, file.type, file.size) for file in files] == [
        ("CV", "CV Amina Okafor.pdf", "PDF", "470.8\xa0KB"),
        ("Photo", "portrait.jpg", "JPEG", "294.0\xa0KB"),
    ]


def test_files_link_to_the_back_office(application):
    resume = application.documents.get(kind=Document.Kind.RESUME)

    assert composed(application).files[0].link == (
        f"http://jobs.example.com/staff/applications/document/{resume.pk}/open/"
    )


def test_an_unreadable_photo_is_marked_and_nothing_else(application):
    files = composed(application, remarks={Document.Kind.PHOTO: "It is damaged."}).files

    assert [file.remarks for file in files] == [(), ("It is damaged.",)]


@pytest.mark.parametrize("questions", [0, 12])
def test_four_queries_however_much_was_asked(application, questions, django_assert_num_queries):
    for number in range(questions):
        ask(application, Question.Kind.SHORT_TEXT, f"Question {number}", "Answer")
    fresh = Application.objects.get(pk=application.pk)

    with django_assert_num_queries(4):
        composed(fresh)


@pytest.mark.django_db
def test_an_application_with_nothing_but_a_name_and_an_address():
    dossier = composed(make_application(phone="", cover_letter=""))

    assert (dossier.letter, dossier.questions, dossier.files, dossier.portrait) == ((), (), (), "")
