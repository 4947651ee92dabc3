from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from applications.models import Answer, Application, Question
from pipelines.models import Run, StepRun
from tests.factories import make_document, make_job, make_letter

LIST = reverse("admin:applications_application_changelist")


def page_of(application):
    return reverse("admin:applications_application_change", args=(application.pk,))


def listed(client, **query):
    return list(client.get(LIST, query).context["cl"].result_list)


@pytest.fixture
def read(hr_client):
    """The text of an application's page."""
    return lambda application: hr_client.get(page_of(application)).content.decode()


def test_the_newest_application_comes_first(hr_client, apply, now):
    older = apply(submitted_at=now - timedelta(hours=1))
    newer = apply(submitted_at=now)
    assert listed(hr_client) == [newer, older]


def test_the_list_shows_how_far_each_application_has_come(hr_client, apply):
    apply(Run.Status.FAILED, {"render_dossier": {"status": StepRun.Status.FAILURE}})
    page = hr_client.get(LIST).content.decode()
    assert "Received: done, Dossier: failed, Storage: waits for its turn" in page
    assert "Needs a person" in page


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    hr_client, apply, queries_of
):
    apply()
    few = queries_of(lambda: hr_client.get(LIST))
    for _number in range(12):
        apply()
    assert queries_of(lambda: hr_client.get(LIST)) == few


@pytest.mark.parametrize("status", Run.Status)
def test_the_list_can_be_narrowed_to_the_status_of_the_run(hr_client, apply, status):
    by_status = {one: apply(one) for one in Run.Status}
    assert listed(hr_client, run=status) == [by_status[status]]


def test_the_filters_count_what_they_would_leave(hr_client, apply):
    apply(Run.Status.FAILED)
    apply(Run.Status.DONE)
    page = hr_client.get(LIST, {"_facets": "True"}).content.decode()
    for words in ("On its way (0)", "Needs a person (1)", "Delivered (1)"):
        assert words in page


def test_an_unknown_status_narrows_nothing(hr_client, apply):
    application = apply()
    assert listed(hr_client, run="lost") == [application]


def test_the_list_can_be_narrowed_to_a_position(hr_client, apply):
    one = apply(job=make_job())
    apply(job=make_job())
    assert listed(hr_client, job__id__exact=one.job_id) == [one]


def test_the_list_can_be_narrowed_to_a_date(hr_client, apply, now):
    apply(submitted_at=now - timedelta(days=40))
    recent = apply(submitted_at=now)
    assert listed(hr_client, submitted_at__gte=now - timedelta(days=7)) == [recent]


@pytest.mark.parametrize("words", ["7K3M-9QXA", "7k3m", "lovelace", "ADA@example.org"])
def test_search_finds_by_reference_name_and_address(hr_client, apply, words):
    ada = apply(reference="7K3M-9QXA", full_name="Ada Lovelace", email="ada@example.org")
    apply(reference="0000-0000", full_name="Bob", email="bob@example.org")
    assert listed(hr_client, q=words) == [ada]


def test_the_page_shows_what_the_applicant_sent(read, apply):
    application = apply(phone="+44 20 7946 0018", cover_letter="Dear team,\n\nTake me.")
    Answer.objects.create(
        application=application,
        kind=Question.Kind.YES_NO,
        label="Do you cycle?",
        value="yes",
    )
    document = make_document(application, filename="cv.pdf", size=2048)
    page = read(application)
    for words in ("Ada Lovelace", "+44 20 7946 0018", "<p>Take me.</p>", "Do you cycle?", "Yes"):
        assert words in page
    assert f'href="{reverse("admin:applications_document_open", args=(document.pk,))}"' in page
    assert "Not in the object store yet" in page


def test_what_was_left_out_is_said(read, apply):
    application = apply(phone="", cover_letter="")
    Answer.objects.create(application=application, kind="short_text", label="Why?", value="")
    page = read(application)
    for words in ("None was written.", "Not answered", "None has gone out yet."):
        assert words in page
    assert "Phone" not in page


def test_nothing_that_the_applicant_wrote_is_taken_for_html(read, apply):
    script = "<script>alert(1)</script>"
    application = apply(full_name=script, cover_letter=script, phone=script)
    Answer.objects.create(application=application, kind="long_text", label=script, value=script)
    make_document(application, filename=f"{script}.pdf")
    assert script not in read(application)


def test_the_page_says_what_the_mail_server_said(read, apply, now):
    application = apply()
    make_letter(application, intents=1, intent_at=now, sent_at=now, reply="250 2.0.0 Ok: queued")
    page = read(application)
    assert "The mail server took it on 2 March 2026, 09:30:00 and said:" in page
    assert "250 2.0.0 Ok: queued" in page


def test_a_letter_in_doubt_is_shown_as_such(read, apply, now):
    application = apply()
    make_letter(application, intents=2, intent_at=now, note="Sent again.")
    page = read(application)
    for words in ("no answer seen", "Handed over 2 times", "Sent again."):
        assert words in page


def test_the_page_says_why_a_step_failed(read, apply, now):
    failed = {"status": StepRun.Status.FAILURE, "finished_at": now, "attempts": 3, "error": "No."}
    page = read(apply(Run.Status.FAILED, {"render_dossier": failed}))
    for words in ("Needs a person", "attempt 3", "No."):
        assert words in page


def test_the_page_says_when_a_step_will_be_tried_again(read, apply, now):
    waiting = {"status": StepRun.Status.RETRY, "due_at": now}
    assert "Will be tried again: 2 Mar, 09:30:00" in read(apply(steps={"render_dossier": waiting}))


def test_the_page_links_to_the_run_for_those_who_may_see_runs(admin_client, apply):
    application = apply()
    run = Run.objects.get(subject_id=str(application.pk))
    page = admin_client.get(page_of(application)).content.decode()
    assert f'href="{reverse("admin:pipelines_run_change", args=(run.pk,))}"' in page


def test_the_page_of_an_application_without_a_run_opens(read, apply):
    application = apply()
    Run.objects.all().delete()
    assert application.full_name in read(application)


def test_the_applicants_secret_address_is_not_shown(read, apply):
    application = apply()
    assert application.token not in read(application)


@pytest.mark.parametrize("action", ["change", "delete"])
def test_an_application_is_neither_changed_nor_deleted(admin_client, apply, action):
    application = apply()
    address = reverse(f"admin:applications_application_{action}", args=(application.pk,))
    assert admin_client.post(address, {"full_name": "Eve", "post": "yes"}).status_code == 403
    assert Application.objects.get().full_name == "Ada Lovelace"


def test_an_application_is_not_added_by_hand(admin_client):
    assert admin_client.get(reverse("admin:applications_application_add")).status_code == 403


def test_staff_without_the_right_to_view_applications_see_none(client, apply):
    application = apply()
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(application)).status_code == 403
