"""Job alerts in the back office: found, and ended for somebody who asks for it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from applications.models import Alert, Letter
from tests.factories import make_letter

LIST = reverse("admin:applications_alert_changelist")


@pytest.fixture
def alerts(db, now):
    """One in each state, by it."""

    def make(name, **values):
        asked = {"email": f"{name}@example.org", "asked_at": now - timedelta(days=3)}
        return Alert.objects.create(**asked, **values)

    in_force = {"confirmed_at": now, "news_since": now}
    return {
        "in_force": make("ada", search={"place": "Lisbon"}, words="Lisbon", **in_force),
        "unconfirmed": make("grace"),
        "set_aside": make("emmy", **in_force, set_aside_at=now, refusals=3),
    }


def page_of(alert):
    return reverse("admin:applications_alert_change", args=(alert.pk,))


def end(client, alert):
    address = reverse("admin:applications_alert_delete", args=(alert.pk,))
    return client.post(address, {"post": "yes"})


def found(client, **asked):
    return list(client.get(LIST, asked).context["cl"].result_list)


def test_the_list_can_be_narrowed_to_a_state(hr_client, alerts):
    for state, alert in alerts.items():
        assert found(hr_client, state=state) == [alert]


@pytest.mark.parametrize("words", ["ADA@example", "lisbon"])
def test_an_alert_is_found_by_address_and_by_search(hr_client, alerts, words):
    assert found(hr_client, q=words) == [alerts["in_force"]]


def test_the_list_says_what_is_searched_and_leads_there(hr_client, alerts):
    page = hr_client.get(LIST).content.decode()
    assert '<a class="bo-link" href="/?place=Lisbon">Lisbon</a>' in page
    for words in ("all positions", "not confirmed", "set aside: its mailbox refuses"):
        assert words in page


def test_nobodys_secret_link_is_shown(hr_client, alerts):
    alert = alerts["in_force"]
    for address in (LIST, page_of(alert)):
        assert alert.token not in hr_client.get(address).content.decode()


def test_an_alert_is_ended_with_what_mail_servers_said(hr_client, hr_person, alerts):
    alert = alerts["in_force"]
    letter = make_letter(
        kind=Letter.Kind.ALERT, about=f"{alert.about_letters}2026", reply="250 ada@example.org"
    )
    assert end(hr_client, alert).status_code == 302
    letter.refresh_from_db()
    assert (Alert.objects.filter(pk=alert.pk).exists(), letter.reply) == (False, "")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (hr_person, f"job alert {alert.pk}")


def test_several_are_ended_at_once(hr_client, alerts):
    chosen = [alerts["in_force"].pk, alerts["set_aside"].pk]
    hr_client.post(LIST, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})
    assert list(Alert.objects.all()) == [alerts["unconfirmed"]]


def test_nobody_is_subscribed_and_nothing_is_changed_here(hr_client, alerts):
    assert hr_client.get(reverse("admin:applications_alert_add")).status_code == 403
    posted = hr_client.post(page_of(alerts["in_force"]), {"email": "eve@example.org"})
    assert posted.status_code == 403


def test_who_may_only_look_ends_nothing(client, alerts):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_alert"))
    client.force_login(viewer)
    assert client.get(page_of(alerts["in_force"])).status_code == 200
    assert end(client, alerts["in_force"]).status_code == 403
    assert Alert.objects.count() == 3


def test_the_number_of_queries_does_not_grow(hr_client, alerts, queries_of):
    few = queries_of(lambda: hr_client.get(LIST))
    for number in range(10):
        Alert.objects.create(email=f"{number}@example.org")
    assert queries_of(lambda: hr_client.get(LIST)) == few
