import pytest
from django.urls import reverse

from applications.models import Interview, Notice
from tests.messages import said

pytestmark = pytest.mark.usefixtures("clock")

FILLED_IN = {
    "day": "2026-03-05",
    "clock": "14:00",
    "time_zone": "Europe/Berlin",
    "minutes": "45",
    "place": "Torstraße 1, Berlin",
    "link": "",
    "people": "Grace Hopper",
    "addresses": "grace@example.com",
    "message": "",
}


def address(name, *args):
    return reverse(f"admin:applications_application_{name}", args=args)


@pytest.fixture
def application(apply):
    return apply()


@pytest.fixture
def interview(hr_client, application):
    hr_client.post(address("interview", application.pk), FILLED_IN)
    return Interview.objects.get()


def test_the_form_begins_with_what_is_known(hr_client, application):
    form = hr_client.get(address("interview", application.pk)).context["form"]
    assert form.initial["time_zone"] == "UTC"
    assert form.initial["place"] == "Lisbon"
    assert form.initial["addresses"] == "hr@example.com"


def test_an_interview_is_arranged_and_shown(hr_client, application, interview, page_of):
    assert interview.notice.starts_at.isoformat() == "2026-03-05T13:00:00+00:00"
    page = hr_client.get(page_of(application)).content.decode()
    for words in ("Thu 5 Mar 2026, 14:00", "Europe/Berlin", "45 minutes", "arranged"):
        assert words in page


def test_it_is_changed(hr_client, application, interview):
    there = address("interview_change", application.pk, interview.pk)
    form = hr_client.get(there).context["form"]
    assert (form["day"].value().isoformat(), form["minutes"].value()) == ("2026-03-05", 45)
    response = hr_client.post(there, {**FILLED_IN, "minutes": "30"})
    assert said(response)[-1] == "The interview is changed, and both sides are told."
    assert interview.notice.minutes == 30


def test_a_change_of_nothing_is_told_to_nobody(hr_client, application, interview):
    there = address("interview_change", application.pk, interview.pk)
    assert said(hr_client.post(there, FILLED_IN))[-1].startswith("Nothing is different")
    assert Notice.objects.count() == 1


def test_it_is_cancelled_once(hr_client, application, interview, page_of):
    there = address("interview_cancel", application.pk, interview.pk)
    assert said(hr_client.post(there))[-1].startswith("The interview is cancelled")
    assert said(hr_client.post(there))[-1] == "This interview is cancelled already."
    page = hr_client.get(page_of(application)).content.decode()
    assert there not in page
    assert Notice.objects.count() == 2


def test_what_is_over_offers_no_change(hr_client, application, interview, page_of, clock):
    clock.move_to(interview.notice.starts_at)
    page = hr_client.get(page_of(application)).content.decode()
    assert address("interview_change", application.pk, interview.pk) not in page
    assert ">over<" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2026-03-01"}, "This lies in the past."),
        ({"day": "2026-03-29", "clock": "02:30"}, "This time does not exist"),
        ({"day": "2026-10-25", "clock": "02:30"}, "This time comes twice"),
        ({"place": ""}, "Name a place, a link or both."),
        ({"place": "", "link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"addresses": "grace"}, "Enter a valid email address."),
        ({"time_zone": "Europe/Atlantis"}, "Select a valid choice."),
        ({"minutes": "0"}, "greater than or equal to 5"),
    ],
)
def test_what_makes_no_sense_is_asked_again(hr_client, application, wrong, sentence):
    response = hr_client.post(address("interview", application.pk), {**FILLED_IN, **wrong})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Interview.objects.exists()


def test_an_interview_of_another_application_is_not_found(hr_client, apply, interview):
    there = address("interview_cancel", apply().pk, interview.pk)
    assert hr_client.post(there).status_code == 404


def test_who_may_not_decide_arranges_nothing(client, application, django_user_model):
    client.force_login(django_user_model.objects.create_user("temp", is_staff=True))
    assert client.post(address("interview", application.pk), FILLED_IN).status_code == 403
