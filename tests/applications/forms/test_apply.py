import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from applications.forms import ApplyForm
from applications.models import ConsentText, Document, Question
from applications.services.submission import GivenAnswer, Person
from applications.uploads import Upload
from tests.applications.uploads import samples

KEPT = Upload("kept.rtf", "application/rtf", samples.RTF)
QUESTION = Question(pk=5, kind=Question.Kind.SHORT_TEXT, label="Why?")
CONSENT = ConsentText(pk=3, body="Yes.")
FILLED_IN = "full_name=Ada&email=ada%40example.org&consent=on&question_5=Because"


@pytest.fixture
def filled_in():
    """A form as it was sent, with these files and this query string after the valid one."""

    def make(more="", kept=None, **files):
        return ApplyForm(
            QueryDict(f"{FILLED_IN}&{more}"),
            files,
            questions=[QUESTION],
            consent=CONSENT,
            kept={} if kept is None else {"resume": kept},
        )

    return make


def test_the_positions_own_questions_stand_before_the_consent(filled_in):
    assert list(filled_in().fields)[-2:] == ["question_5", "consent"]


def test_a_valid_form_speaks_the_services_words(filled_in):
    form = filled_in("phone=12345&cover_letter=Hello", kept=KEPT)
    assert form.is_valid()
    assert form.person() == Person(
        full_name="Ada", email="ada@example.org", phone="12345", cover_letter="Hello"
    )
    assert form.answers() == [GivenAnswer(question=QUESTION, value="Because")]
    assert form.uploads() == {Document.Kind.RESUME: KEPT}


def test_a_new_file_comes_before_a_kept_one(filled_in):
    form = filled_in(kept=KEPT, resume=SimpleUploadedFile("new.rtf", samples.RTF))
    assert form.is_valid()
    assert form.files_held()["resume"].filename == "new.rtf"


def test_a_refused_file_leaves_the_kept_one(filled_in):
    form = filled_in(kept=KEPT, resume=SimpleUploadedFile("new.exe", b"MZ"))
    assert list(form.errors) == ["resume"]
    assert form.files_held() == {"resume": KEPT}


def test_consent_to_another_version_is_no_consent(filled_in):
    assert filled_in("consent_version=3", kept=KEPT).is_valid()
    outdated = filled_in("consent_version=2", kept=KEPT)
    assert list(outdated.errors) == ["consent"]
    assert not outdated["consent"].value()
