import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from applications.models import Application, Document, KeptFile
from applications.services import keeping
from applications.views import attempt
from tests.applications.uploads import samples
from tests.applications.views.pages import errors, read, text
from tests.factories import make_consent, make_job

pytestmark = pytest.mark.django_db

URL = "/jobs/backend-engineer/apply/"
NOTHING = {"resume": "", "consent": "", "full_name": "", "email": ""}


def photo():
    return SimpleUploadedFile("me.png", samples.picture("PNG"))


def sent_files(application, number=0):
    documents = application.documents.filter(number=number).order_by("kind")
    return {each.kind: (each.filename, bytes(each.staged.content)) for each in documents}


def test_the_form_asks_for_everything(client, job):
    form = read(client.get(URL))
    names = {element.get("name") for element in form.values()}
    assert {"full_name", "email", "phone", "cover_letter", "resume", "photo", "consent"} < names
    assert {question.field_name for question in job.questions.all()} < names
    assert text(form["id_consent_text"]) == "I agree that my application is kept for six months."


def test_the_browser_knows_the_limits_of_an_upload(client, job):
    form = read(client.get(URL))
    assert form["id_resume"].attrib == {
        "type": "file",
        "name": "resume",
        "id": "id_resume",
        "accept": ".pdf,.docx,.odt,.rtf,.txt",
        "data-max-bytes": "10485760",
        "aria-describedby": "id_resume_helptext id_resume_said",
        "required": "",
    }
    assert form["id_photo"].get("data-max-bytes") == "5242880"


def test_each_form_has_a_key_of_its_own(client, job):
    one, other = client.get(URL), client.get(URL)
    assert one.context["submission_key"] != other.context["submission_key"]
    assert f'name="submission_key" value="{one.context["submission_key"]}"' in one.text


def test_the_form_may_wait_behind_the_way_back_and_nowhere_else(client, job):
    assert client.get(URL)["Cache-Control"] == "private, no-cache"


def test_a_good_application_is_accepted_and_leads_to_its_page(post, job, consent):
    response = post(photo=photo())
    application = Application.objects.get()
    assert (response.status_code, response["Location"]) == (303, application.get_absolute_url())
    assert application.job == job
    assert application.consent == consent
    assert application.submission_key == uuid.UUID(int=7)
    assert application.full_name == "Ada Lovelace"
    assert application.cover_letter == "Dear team,\n\nhere I am."
    assert [(answer.label, answer.value) for answer in application.answers.all()] == [
        ("short_text?", "A word"),
        ("long_text?", "A story"),
        ("number?", "1250.5"),
        ("date?", "2026-05-01"),
        ("choice?", "Later"),
        ("choices?", "Ada\nPython"),
        ("yes_no?", "no"),
        ("link?", "https://example.org/work"),
        ("file?", "work.rtf"),
    ]
    assert sent_files(application) == {
        "resume": ("cv.pdf", samples.pdf()),
        "photo": ("me.png", samples.picture("PNG")),
    }
    assert sent_files(application, 9) == {"question": ("work.rtf", samples.RTF)}


def test_a_name_with_line_breaks_becomes_one_line(post):
    post(full_name="Ada\r\nBcc: Eve\u202e")
    assert Application.objects.get().full_name == "Ada Bcc: Eve"


def test_ten_thousand_characters_without_a_space_are_fine(post):
    assert post(cover_letter="ä" * 10_000).status_code == 303


def test_every_wrong_field_says_what_to_do(post, job):
    question = job.questions.first().field_name
    wrong = {"phone": "call me", "cover_letter": "a" * 20_001, question: "", "email": "ada@"}
    response = post(**{**NOTHING, **wrong})
    assert response.status_code == 422
    assert errors(response) == {
        "full_name": "Enter your name.",
        "email": "Enter an e-mail address such as name@example.org.",
        "phone": "Enter a phone number, such as +44 20 7946 0018, or leave this empty.",
        "resume": "Choose the file with your CV.",
        "cover_letter": "Make this shorter: it has 20001 characters, 20000 are possible.",
        question: "Answer this question.",
        "consent": "Tick the box. Without it we may not read what you send.",
    }
    assert not Application.objects.exists()


def test_an_error_is_bound_to_its_field_and_named_on_top(post, job):
    choice = job.questions.get(kind="choice").field_name
    response = post(email="ada@", **{choice: "Never"})
    page = read(response)
    assert page["id_email"].get("aria-invalid") == "true"
    assert page["id_email"].get("aria-describedby") == "id_email_helptext id_email_error"
    links = [link.get("href") for link in page["errors"].iter("a")]
    assert links == ["#id_email", f"#id_{choice}_0"]
    assert f"id_{choice}_0" in page
    assert "<title>Please look again" in response.text


@pytest.mark.parametrize("name", ["full_name", "email", "phone", "cover_letter"])
def test_a_nul_is_refused_beside_its_field(post, name):
    assert list(errors(post(**{name: "a\0b"}))) == [name]


def test_a_megabyte_of_cover_letter_is_refused_and_not_lost(post):
    letter = "word " * 200_000
    response = post(cover_letter=letter)
    assert list(errors(response)) == ["cover_letter"]
    assert letter in response.text


def test_what_was_written_comes_back_as_text(post):
    response = post(full_name="<script>alert(1)</script>", email="")
    assert "<script>alert(1)" not in response.text
    assert read(response)["id_full_name"].get("value") == "<script>alert(1)</script>"


def test_good_files_are_kept_while_another_field_is_wrong(post, job):
    cv = SimpleUploadedFile("cv.pdf", samples.pdf().ljust(600))
    response = post(email="", resume=cv, photo=photo())
    page = read(response)
    assert (
        text(page["id_resume_kept"]) == "cv.pdf (600 bytes) is kept; choose another to replace it."
    )
    assert text(page["id_photo_kept"]).startswith("me.png (")
    question = job.questions.get(kind="file").field_name
    assert text(page[f"id_{question}_kept"]).startswith("work.rtf (")
    assert KeptFile.objects.count() == 3
    assert page["id_resume"].get("required") is None
    assert post(resume="", **{question: ""}).status_code == 303
    assert set(sent_files(Application.objects.get())) == {"resume", "photo"}
    assert set(sent_files(Application.objects.get(), 9)) == {"question"}
    assert not KeptFile.objects.exists()


def test_a_new_file_replaces_the_kept_one(post):
    post(email="")
    post(email="", resume=SimpleUploadedFile("better.rtf", samples.RTF))
    post(resume="")
    assert sent_files(Application.objects.get()) == {"resume": ("better.rtf", samples.RTF)}


def test_a_bad_new_file_leaves_the_kept_one(post):
    post(email="")
    response = post(resume=SimpleUploadedFile("cv.exe", b"MZ"))
    assert list(errors(response)) == ["resume"]
    assert "cv.pdf" in response.text
    post(resume="")
    assert sent_files(Application.objects.get()) == {"resume": ("cv.pdf", samples.pdf())}


def test_a_kept_photo_can_be_dropped(post):
    post(email="", photo=photo())
    post(email="", **{"photo-drop": "on"})
    post(resume="")
    assert set(sent_files(Application.objects.get())) == {"resume"}


def test_kept_files_belong_to_their_form(post):
    post(email="")
    response = post(resume="", submission_key=str(uuid.UUID(int=8)))
    assert list(errors(response)) == ["resume"]


def test_a_second_post_with_the_same_key_answers_with_the_first_ones_page(post, job):
    first = post()
    again = post(resume="", full_name="", consent="")
    assert (again.status_code, again["Location"]) == (303, first["Location"])
    assert Application.objects.count() == 1


@pytest.mark.parametrize("key", ["7", "order 66", "é" * 5_000, "a\0b"])
def test_any_text_is_a_key(post, key):
    """The contract gives it no form; what the form itself carries is a UUID."""
    first = post(submission_key=key)
    assert post(submission_key=f" {key} ")["Location"] == first["Location"]
    assert post(submission_key=f"{key}.")["Location"] != first["Location"]


def test_a_second_post_finds_its_page_after_the_position_closed(post, job, now):
    first = post()
    job.opens_at, job.closes_at = now - timedelta(days=2), now - timedelta(days=1)
    job.save()
    assert post()["Location"] == first["Location"]


@pytest.mark.parametrize("key", ["", " "])
def test_a_post_without_a_key_is_a_first_one(post, key):
    first = post(submission_key=key)
    assert post(submission_key=key)["Location"] != first["Location"]


def test_consent_to_an_older_text_is_asked_for_again(post, consent):
    newer = make_consent()
    response = post()
    page = read(response)
    assert errors(response) == {
        "consent": "This text has changed while you wrote. Read it once more and tick the box."
    }
    assert page["id_consent"].get("checked") is None
    assert f'name="consent_version" value="{newer.pk}"' in response.text
    assert post(resume="", consent_version=str(newer.pk)).status_code == 303
    assert Application.objects.get().consent == newer


def test_a_program_that_names_no_version_consents_to_the_newest(client, filled_in, consent):
    fields = filled_in()
    del fields["consent_version"]
    assert client.post(URL, fields).status_code == 303


def test_without_a_consent_text_nothing_is_taken(client, post, consent):
    make_job(slug="another")
    consent.delete()
    assert client.get("/jobs/another/apply/").status_code == 503


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("case", [((-9, -1), 410), ((1, 9), 404)], ids=["closed", "not open yet"])
def test_only_an_open_position_takes_applications(client, job, filled_in, method, case):
    days, status = case
    today = timezone.now()
    job.opens_at, job.closes_at = (today + timedelta(days=number) for number in days)
    job.save()
    assert getattr(client, method)(URL, filled_in(email="")).status_code == status
    assert not Application.objects.exists()
    assert not KeptFile.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_position_is_not_found(client, filled_in, method):
    assert getattr(client, method)("/jobs/no-such/apply/", filled_in()).status_code == 404


def test_an_unpublished_position_is_not_found(client, job):
    job.is_published = False
    job.save()
    assert client.get(URL).status_code == 404


def test_a_post_without_the_cookie_is_told_what_to_do(filled_in):
    response = Client(enforce_csrf_checks=True).post(URL, filled_in())
    assert response.status_code == 403
    assert "Allow cookies for this site" in response.text
    assert not Application.objects.exists()


def test_a_post_with_the_cookie_passes(job, filled_in):
    browser = Client(enforce_csrf_checks=True)
    token = browser.get(URL).context["csrf_token"]
    assert browser.post(URL, filled_in(csrfmiddlewaretoken=str(token))).status_code == 303


def test_over_the_limit_the_form_says_when_to_try_again(post, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.APPLY_RATE_PER_IP, settings.APPLY_RATE_PER_EMAIL = 0, 1
    post(email="bad")
    assert post().status_code == 303
    response = post(submission_key=str(uuid.UUID(int=8)))
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "This one has not been accepted yet. Press Apply Now again in" in response.text
    assert "cv.pdf" in response.text
    assert read(response)["id_full_name"].get("value") == "Ada Lovelace"
    assert post(submission_key=str(uuid.UUID(int=9)), email="x@example.org").status_code == 303


def fails(**_):
    raise OperationalError("ada@example.org is locked")


def test_while_the_database_takes_nothing_the_form_comes_back(post, monkeypatch, caplog):
    monkeypatch.setattr(attempt, "submit", fails)
    response = post()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Nothing has been accepted yet" in response.text
    assert "Your files could not be kept. Please choose them again." in response.text
    assert read(response)["id_full_name"].get("value") == "Ada Lovelace"
    assert "ada@" not in caplog.text
    monkeypatch.undo()
    assert post().status_code == 303


def test_without_a_database_there_is_a_page_that_says_so(post, monkeypatch):
    monkeypatch.setattr(keeping, "kept", lambda _key: fails())
    response = post()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "nothing of it was accepted" in response.text


def test_files_that_cannot_be_kept_are_asked_for_again(post, monkeypatch):
    monkeypatch.setattr(keeping, "keep", fails)
    response = post(email="")
    assert list(errors(response)) == ["email"]
    assert "Your files could not be kept. Please choose them again." in response.text


def test_an_accepted_application_stays_accepted_when_its_kept_files_do_not_go(post, monkeypatch):
    post(email="")
    monkeypatch.setattr(keeping, "forget", lambda _key: fails())
    assert post(resume="").status_code == 303


def test_the_number_of_queries_of_the_form_is_known(client, job, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get(URL)


def test_the_number_of_queries_of_a_post_is_known(client, filled_in, django_assert_max_num_queries):
    fields = filled_in(photo=photo())
    with django_assert_max_num_queries(20) as queries:
        assert client.post(URL, fields).status_code == 303
    reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(reads) == 7


def test_other_methods_are_not_allowed(client, job):
    assert client.put(URL).status_code == 405
    assert Document.objects.count() == 0


def test_whoever_comes_back_is_told_what_they_have_sent(client, post, job):
    response = post()
    cookie = response.cookies["sent"]
    assert (cookie["path"], cookie["httponly"], cookie["max-age"]) == (URL, True, 900)
    assert f'href="{response["Location"]}"' in client.get(URL).text


def test_a_cookie_that_names_another_positions_application_says_nothing(client, post, job):
    post()
    make_job(slug="another")
    client.cookies["sent"]["path"] = "/"
    assert "You have sent an application" not in client.get("/jobs/another/apply/").text


def test_the_review_shows_everything_and_accepts_nothing(post, job):
    response = post(review="1", photo=photo(), **{"photo-drop": "on"})
    assert response.status_code == 200
    assert "work.rtf" in response.text
    assert "1,250.5" in response.text
    assert "me.png" in response.text
    assert 'name="photo-drop"' not in response.text
    assert 'name="review"' not in response.text
    assert not Application.objects.exists()
    assert KeptFile.objects.count() == 3


def test_a_review_of_what_is_wrong_is_the_form_again(post):
    response = post(review="1", email="ada@")
    assert (response.status_code, list(errors(response))) == (422, ["email"])


def test_a_review_whose_files_cannot_be_kept_is_the_form_again(post, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_KEPT", 0)
    response = post(review="1")
    assert response.status_code == 200
    assert "Your files could not be kept" in response.text


def test_back_to_edit_judges_nothing_and_loses_nothing(post, job):
    post(review="1")
    response = post(edit="1", email="ada@", resume="")
    page = read(response)
    assert (response.status_code, errors(response)) == (200, {})
    assert page["id_email"].get("value") == "ada@"
    assert "id_resume_kept" in page
    assert page["id_consent"].get("checked") is not None
    choices = job.questions.get(kind="choices").field_name
    assert [page[f"id_{choices}_{n}"].get("checked") is not None for n in range(3)] == [
        True,
        False,
        True,
    ]
