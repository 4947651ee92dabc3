import pytest
from django.core.management import call_command

from applications.models import Application, Job, Question
from django_celery.local.applicant import ApplyFormReader, Browser, NotAccepted
from django_celery.local.sample import sample_applicant

PAGE = """
<form><input type="hidden" name="key" value="k"><input name="line"><input type="text" name="line2">
<input type="email" name="email"><input type="checkbox" name="consent">
<input type="text" name="number" inputmode="decimal"><input type="date" name="day">
<input type="checkbox" name="box" value="a"><input type="file" name="resume">
<textarea name="text"></textarea>
<input type="radio" name="radio" value=""><input type="radio" name="radio" value="yes">
<input type="radio" name="radio" value="no">
<select name="select"><option value="">Choose</option><option value="a" selected>A</option></select>
</form>
"""


def test_the_fields_of_a_form_are_read():
    form = ApplyFormReader()
    form.feed(PAGE)
    assert form.hidden == {"key": "k"}
    assert form.lines == ["line", "line2"]
    assert form.texts == ["text"]
    assert (form.numbers, form.days, form.files) == (["number"], ["day"], ["resume"])
    assert form.choices == {"box": ["a"], "radio": ["yes", "no"], "select": ["a"]}


@pytest.fixture
def site(django_db_setup, live_server, settings) -> str:
    # The database first: made before, the server would share a connection between two threads.
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    call_command("seed_demo", verbosity=0)
    return live_server.url.replace("localhost", "127.0.0.1")


@pytest.mark.django_db(transaction=True)
def test_a_form_with_every_kind_of_question_is_filled_in(site):
    job = Job.objects.get(slug="backend-engineer")
    for kind in Question.Kind:
        options = "Ada\nLisp" if kind.has_options else ""
        job.questions.create(kind=kind, label=kind, options=options, is_required=True)
    Browser(site).apply("backend-engineer", sample_applicant())
    assert Application.objects.get().answers.exclude(value="").count() == job.questions.count()


@pytest.mark.django_db(transaction=True)
def test_an_application_goes_through_the_real_form(site):
    browser = Browser(site)
    page = browser.apply("backend-engineer", sample_applicant())
    application = Application.objects.get()
    assert page == site + application.get_absolute_url()
    assert application.full_name == "Zofia Łęcka-Nakamura"
    assert {document.kind for document in application.documents.all()} == {"resume", "photo"}
    assert [answer.value for answer in application.answers.all() if not answer.value] == []
    assert browser.progress(page)["reference"] == application.reference


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_not_there_is_said(site):
    with pytest.raises(NotAccepted, match="/jobs/nothing/apply/ answered 404"):
        Browser(site).apply("nothing", sample_applicant())
