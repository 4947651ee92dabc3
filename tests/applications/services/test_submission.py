"""Accepting an application: all of it or nothing, and once for each form."""

import uuid

import pytest
from django.db import DatabaseError

from applications.models import Application, Document, Question, StagedContent
from applications.services import submission
from applications.services.submission import GivenAnswer, Person, find_submitted, submit
from applications.uploads import Upload
from pipelines.models import Run, StepRun
from tests.at_once import at_once
from tests.factories import make_consent, make_job

CV = b"%PDF-1.7 a life"


@pytest.fixture
def job(db):
    return make_job()


@pytest.fixture
def form(job, now):
    """The keyword arguments of a valid submission."""
    question = Question.objects.create(job=job, label="Which stack?", kind="short_text")
    return {
        "job": job,
        "submission_key": uuid.uuid4(),
        "person": Person(
            full_name="Ada Lovelace", email="ada@example.org", phone="", cover_letter="Hello"
        ),
        "answers": [GivenAnswer(question=question, value="Django")],
        "consent": make_consent(),
        "uploads": {Document.Kind.RESUME: Upload("cv.pdf", "application/pdf", CV)},
        "now": now,
    }


def test_everything_is_kept_in_one_go(form):
    application = submit(**form)
    document = application.documents.get()
    assert (application.full_name, application.submitted_at) == ("Ada Lovelace", form["now"])
    assert [(answer.label, answer.value) for answer in application.answers.all()] == [
        ("Which stack?", "Django")
    ]
    assert (document.size, document.key) == (
        len(CV),
        f"applications/{application.pk}/resume.pdf",
    )
    assert bytes(document.staged.content) == CV
    assert [step.status for step in Run.objects.get().steps.all()] == [
        "sent",
        "pending",
        "pending",
        "pending",
    ]


def test_an_answer_keeps_the_question_as_it_was_asked(form):
    application = submit(**form)
    Question.objects.update(label="Something else?")
    assert application.answers.get().label == "Which stack?"


def test_the_same_form_again_is_the_same_application(form):
    assert submit(**form) == submit(**form)
    assert (Application.objects.count(), Run.objects.count()) == (1, 1)


def test_another_form_of_the_same_person_is_another_application(form):
    first = submit(**form)
    second = submit(**{**form, "submission_key": uuid.uuid4()})
    assert first != second
    assert first.reference != second.reference


def test_find_submitted_knows_only_accepted_forms(form):
    assert find_submitted(form["submission_key"]) is None
    assert submit(**form) == find_submitted(form["submission_key"])


def test_nothing_is_kept_of_what_could_not_be_kept_whole(form, monkeypatch):
    def broken(*_args):
        raise DatabaseError("disk full")

    monkeypatch.setattr(submission.StagedContent.objects, "bulk_create", broken)
    with pytest.raises(DatabaseError):
        submit(**form)
    assert not Application.objects.exists()
    assert not Document.objects.exists()
    assert not StepRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_is_no_reason_to_refuse(form):
    application = submit(**form)
    first = Run.objects.get(subject_id=application.pk).steps.first()
    assert first.status == "pending"
    assert first.due_at is not None
    assert StagedContent.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_answers_and_files(
    form, django_assert_num_queries
):
    with django_assert_num_queries(11):
        submit(**form)


@pytest.mark.django_db(transaction=True)
def test_two_posts_of_one_form_at_once_are_one_application(form):
    found = at_once(lambda: submit(**form).pk)
    assert len(set(found)) == 1
    assert Application.objects.count() == 1
