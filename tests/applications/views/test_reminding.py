from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import ClosingReminder
from tests.factories import make_job

pytestmark = pytest.mark.usefixtures("clock")

DAY = timedelta(days=1)


@pytest.fixture
def job(db, now):
    return make_job(opens_at=now - DAY, closes_at=now + 10 * DAY)


@pytest.fixture
def address(job):
    return reverse("remind", args=(job.slug,))


@pytest.fixture
def wish(job, now):
    return ClosingReminder.objects.create(job=job, email="ada@example.org", asked_at=now)


@pytest.fixture
def page(wish):
    return reverse("closing_reminder", args=(wish.token,))


def test_the_position_leads_there_while_there_is_time(client, job, address, clock):
    assert address in client.get(job.get_absolute_url()).content.decode()
    clock.move_to(job.closes_at - 2 * DAY)
    assert address not in client.get(job.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404


def test_the_answer_is_the_same_for_an_address_that_is_known(client, job, address):
    answers = [client.post(address, {"email": "ada@example.org"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({answer.content for answer in answers}) == 1
    assert ClosingReminder.objects.count() == 1


def test_what_is_no_address_is_asked_again(client, address):
    response = client.post(address, {"email": "ada"})
    assert response.status_code == 422
    assert "Enter an e-mail address such as name@example.org." in response.content.decode()


def test_a_robot_is_told_so_and_nothing_is_kept(client, address):
    response = client.post(address, {"email": "ada@example.org", "homepage": "https://x.example"})
    assert response.status_code == 422
    assert "as robots do" in response.content.decode()
    assert not ClosingReminder.objects.exists()


def test_too_many_are_refused(client, address, monkeypatch):
    monkeypatch.setattr("applications.limits.count_reminder", lambda _request, _email: 1800)
    response = client.post(address, {"email": "ada@example.org"})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1800")
    assert "Send the form again in 1 hour." in response.content.decode()
    assert not ClosingReminder.objects.exists()


def test_following_the_link_decides_nothing(client, page, wish):
    response = client.get(page)
    assert "Yes, remind me" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    wish.refresh_from_db()
    assert wish.confirmed_at is None


def test_yes_is_kept(client, page, wish, now):
    page_then = client.post(page, {"answer": "yes"}).content.decode()
    assert "We will remind you" in page_then
    wish.refresh_from_db()
    assert wish.confirmed_at == now


def test_no_forgets_the_address(client, page):
    for _time in range(2):
        assert "Your address is forgotten" in client.post(page, {"answer": "no"}).content.decode()
    assert not ClosingReminder.objects.exists()
    assert client.get(page).status_code == 404


def test_whoever_was_reminded_is_told_so(client, page, wish, now):
    ClosingReminder.objects.update(confirmed_at=now, begun_at=now)
    shown = client.get(page).content.decode()
    assert "It has gone out, or is about to." in shown
    assert "Forget my address" in shown


def test_a_position_that_was_taken_down_says_so(client, page, job):
    job.is_published = False
    job.save()
    assert "nothing to remind you of" in client.get(page).content.decode()
