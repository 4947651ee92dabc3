from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from applications.models import Alert, Letter
from pipelines.models import Run
from tests.applications.views.pages import errors, read, text
from tests.factories import make_job

pytestmark = pytest.mark.django_db
ADDRESS = "/alerts/?place=Lisbon"


@pytest.fixture
def counted(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    cache.clear()


def ask(email="ada@example.org", address=ADDRESS, **more):
    return Client(enforce_csrf_checks=True).post(address, {"email": email, **more})


def confirmed(**values):
    ask(**values)
    alert = Alert.objects.latest("pk")
    Client().post(alert.get_absolute_url())
    return Alert.objects.filter(pk=alert.pk).first()


def page(path):
    return Client().get(path)


def test_the_list_asks_for_the_search_that_it_shows(client):
    make_job()
    found = client.get("/?text=engineer&place=Lisbon").text
    assert 'action="/alerts/?text=engineer&amp;place=Lisbon"' in found


def test_an_alert_is_asked_for_and_confirmed_by_its_link():
    response = ask()
    assert (response.status_code, response["Location"]) == (303, "/alerts/asked/")
    alert = Alert.objects.get()
    assert (alert.email, alert.search, alert.words) == (
        "ada@example.org",
        {"place": "Lisbon"},
        "Lisbon",
    )
    assert Run.objects.get(pipeline="alert_confirmation").subject_id == str(alert.pk)
    assert "Shall we tell you" in page(alert.get_absolute_url()).text
    assert Alert.objects.get().confirmed_at is None
    assert Client().post(alert.get_absolute_url()).status_code == 303
    assert "You will hear from us" in page(alert.get_absolute_url()).text


def test_who_is_subscribed_already_gets_the_same_answer_and_the_same_rows_are_written():
    first = ask()
    Client().post(Alert.objects.get().get_absolute_url())
    second = ask()
    assert [(r.status_code, r["Location"], r.content) for r in (first, second)] == 2 * [
        (303, "/alerts/asked/", b"")
    ]
    assert Run.objects.filter(pipeline="alert_confirmation").count() == 2


def test_confirming_the_same_search_twice_keeps_the_older_ones_links():
    older = confirmed()
    assert confirmed(email="Ada@Example.org") is None
    assert list(Alert.objects.in_force()) == [older]


def test_another_search_of_the_same_address_is_another_alert():
    confirmed()
    confirmed(address="/alerts/")
    assert Alert.objects.in_force().count() == 2


def test_a_mailbox_that_was_set_aside_is_taken_up_again(now):
    older = confirmed()
    Alert.objects.update(set_aside_at=now, refusals=3)
    newer = confirmed()
    assert newer.is_in_force
    assert not Alert.objects.filter(pk=older.pk).exists()


def test_a_link_that_is_too_old_says_so(now):
    with time_machine.travel(now, tick=False) as traveller:
        ask()
        address = Alert.objects.get().get_absolute_url()
        traveller.shift(timedelta(days=7))
        assert page(address).status_code == 404
        assert Client().post(address).status_code == 404
    assert Alert.objects.get().confirmed_at is None


@pytest.mark.parametrize("path", ["/alerts/nobody/", "/alerts/nobody/end/"])
def test_an_unknown_link_says_what_to_do(path):
    response = page(path)
    assert response.status_code == 404
    assert "leads nowhere any more" in text(read(response)["main"])


def test_looking_at_the_end_ends_nothing_and_the_button_does():
    alert = confirmed()
    path = f"{alert.get_absolute_url()}end/"
    Letter.objects.create(
        kind="alert", about=f"alert:{alert.pk}:x", message_id="<1@x>", reply="250 ada@example.org"
    )
    assert "No more news of positions?" in page(path).text
    assert Alert.objects.exists()
    assert "You are unsubscribed" in Client(enforce_csrf_checks=True).post(path).text
    assert not Alert.objects.exists()
    assert Letter.objects.get().reply == ""


@pytest.mark.parametrize("email", ["", "ada", "ada@example", "a@b.c\nBcc: d@e.fr"])
def test_what_is_no_address_is_asked_for_again(email):
    response = ask(email)
    assert response.status_code == 422
    assert set(errors(response)) == {"email"}
    assert not Alert.objects.exists()


def test_robots_are_refused():
    response = ask(homepage="https://example.com")
    assert response.status_code == 422
    assert "as robots do" in response.text
    assert not Alert.objects.exists()


def test_one_mailbox_may_be_asked_four_times_a_day(counted):
    assert {ask(f"ada+{number}@example.org").status_code for number in range(4)} == {303}
    response = ask()
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert Alert.objects.count() == 4
    assert ask("grace@example.org").status_code == 303


def test_private_pages_are_kept_nowhere_and_found_by_nobody():
    alert = confirmed()
    for path in (ADDRESS, alert.get_absolute_url(), f"{alert.get_absolute_url()}end/"):
        response = page(path)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]


def test_confirming_takes_the_token_of_its_form():
    ask()
    alert = Alert.objects.get()
    forged = Client(enforce_csrf_checks=True).post(alert.get_absolute_url())
    assert forged.status_code == 403
