import pytest
from django.urls import reverse

from applications.models import PlannedLetter, PlannedMove
from applications.services.hiring import planning
from tests.messages import said

pytestmark = pytest.mark.usefixtures("clock")

LETTER = {"subject": "News", "body": "Dear Ada", "day": "2026-03-09", "clock": "09:00"}
MOVE = {"stage": "rejected", "day": "2026-03-09", "clock": "09:00"}


def address(name, *args):
    return reverse(f"admin:applications_application_{name}", args=args)


@pytest.fixture
def application(apply):
    return apply()


@pytest.fixture
def letter(hr_client, application):
    hr_client.post(address("plan_letter", application.pk), LETTER)
    return PlannedLetter.objects.get()


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("free", "Dear Ada Lovelace,"),
        ("invitation", "two or three times"),
        ("rejection", "go on with others"),
        ("unknown", "Dear Ada Lovelace,"),
    ],
)
def test_a_letter_begins_with_a_text(hr_client, application, draft, words):
    form = hr_client.get(address("plan_letter", application.pk), {"draft": draft}).context["form"]
    assert words in form.initial["body"]
    assert "Backend Engineer" in form.initial["subject"] or draft == "invitation"


def test_a_letter_is_planned_and_shown(hr_client, hr_person, application, letter, page_of):
    assert letter.by == hr_person
    assert letter.due_at.isoformat() == "2026-03-09T09:00:00+00:00"
    page = hr_client.get(page_of(application)).content.decode()
    for words in ("News", "For 9 Mar 2026, 09:00", "waits for its time", "Cancel it"):
        assert words in page


def test_a_move_is_planned_and_shown(hr_client, application, page_of):
    hr_client.post(address("plan_move", application.pk), MOVE)
    assert PlannedMove.objects.get().stage == "rejected"
    assert "Move to: Rejected" in hr_client.get(page_of(application)).content.decode()


@pytest.mark.parametrize(
    ("day", "due_at"),
    [
        ("2026-03-27", "2026-03-27T08:00:00+00:00"),
        ("2026-03-30", "2026-03-30T07:00:00+00:00"),
    ],
)
def test_the_time_is_on_the_offices_clocks(hr_client, application, settings, day, due_at):
    settings.TIME_ZONE = "Europe/Berlin"
    hr_client.post(address("plan_letter", application.pk), {**LETTER, "day": day})
    assert PlannedLetter.objects.get().due_at.isoformat() == due_at


def test_without_a_time_it_is_due_at_once(hr_client, application, now):
    hr_client.post(address("plan_letter", application.pk), {**LETTER, "day": "", "clock": ""})
    assert PlannedLetter.objects.get().due_at == now


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2026-03-01"}, "This lies in the past."),
        ({"clock": ""}, "Name both the day and the time."),
        ({"day": ""}, "Name both the day and the time."),
        ({"body": " "}, "This field is required."),
    ],
)
def test_what_makes_no_sense_is_asked_again(hr_client, application, wrong, sentence):
    response = hr_client.post(address("plan_letter", application.pk), {**LETTER, **wrong})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not PlannedLetter.objects.exists()


@pytest.mark.parametrize("stage", ["new", "hired", "withdrawn", ""])
def test_a_move_goes_where_one_is_offered(hr_client, application, stage):
    response = hr_client.post(address("plan_move", application.pk), {**MOVE, "stage": stage})
    assert response.status_code == 422
    assert not PlannedMove.objects.exists()


def test_it_is_cancelled_once(hr_client, letter, page_of, now):
    application = letter.application
    there = address("plan_cancel", application.pk, "letter", letter.pk)
    assert said(hr_client.post(there))[-1] == "It is cancelled."
    assert said(hr_client.post(there))[-1].startswith("It had begun already")
    assert PlannedLetter.objects.get().cancelled_at == now
    page = hr_client.get(page_of(application)).content.decode()
    assert there not in page
    assert "cancelled on 2 Mar 2026, 09:30" in page


def test_the_page_says_how_far_a_letter_has_come(hr_client, application, letter, page_of):
    planning.begin_due(now=letter.due_at)
    page = hr_client.get(page_of(application)).content.decode()
    assert "on its way" in page
    assert "Cancel it" not in page


def test_what_is_another_applications_or_nothing_is_not_found(hr_client, apply, letter):
    for there in (
        address("plan_cancel", apply().pk, "letter", letter.pk),
        address("plan_cancel", letter.application_id, "dossier", letter.pk),
    ):
        assert hr_client.post(there).status_code == 404


def test_after_the_end_nothing_is_planned(hr_client, apply):
    application = apply(stage="withdrawn")
    response = hr_client.post(address("plan_letter", application.pk), LETTER)
    assert "has withdrawn" in said(response)[0]
    response = hr_client.post(address("plan_move", application.pk), MOVE)
    assert "has withdrawn" in said(response)[-1]


def test_who_may_not_decide_plans_nothing(client, application, django_user_model):
    client.force_login(django_user_model.objects.create_user("temp", is_staff=True))
    for name, filled_in in (("plan_letter", LETTER), ("plan_move", MOVE)):
        assert client.post(address(name, application.pk), filled_in).status_code == 403
