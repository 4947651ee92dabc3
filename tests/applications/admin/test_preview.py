from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from applications.models import Question
from tests.factories import make_job


@pytest.fixture
def draft(db):
    job = make_job(title="Baker", is_published=False)
    Question.objects.create(job=job, kind="choice", label="When?", options="Now\nLater")
    Question.objects.create(job=job, kind="long_text", label="Why?")
    return job


def address(job):
    return reverse("admin:applications_job_preview", args=(job.pk,))


def test_a_draft_is_shown_as_applicants_will_see_it(hr_client, draft):
    page = hr_client.get(address(draft)).content.decode()
    for words in ("Preview", "Baker", draft.summary, "<li>two</li>", "When?", "Later", "Why?"):
        assert words in page


def test_a_position_that_will_close_is_shown_whole(hr_client, draft, now):
    draft.closes_at = now + timedelta(days=3)
    draft.opens_at = now
    draft.save()
    page = hr_client.get(address(draft)).text
    for words in ("Baker", "<li>two</li>", "Open until", "Closes in"):
        assert words in page


def test_every_kind_of_question_is_shown_with_what_answers_it(hr_client, draft):
    for kind in Question.Kind:
        options = "Ada\nLisp" if kind.has_options else ""
        draft.questions.create(kind=kind, label=f"A {kind}?", options=options)
    page = hr_client.get(address(draft)).content.decode()
    assert all(f"A {kind}?" in page for kind in Question.Kind)
    for widget in ('type="date"', 'type="checkbox"', 'type="file"', 'inputmode="decimal"', "MB."):
        assert widget in page


def test_applicants_cannot_see_it(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(address(draft)).url.startswith(reverse("admin:login"))


def test_staff_without_the_right_to_view_positions_are_refused(client, draft):
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert client.get(address(draft)).status_code == 403


def test_an_unknown_position_is_not_found(hr_client):
    address = reverse("admin:applications_job_preview", args=(1,))
    assert hr_client.get(address).status_code == 404
