import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from applications.models import Application, StageChange
from tests.messages import said

LIST = reverse("admin:applications_application_changelist")


def move(client, application, stage):
    address = reverse("admin:applications_application_move", args=(application.pk,))
    return client.post(address, {"stage": stage})


def move_many(client, stage, *applications):
    chosen = [application.pk for application in applications]
    return client.post(LIST, {"action": f"move_to_{stage}", "_selected_action": chosen})


@pytest.fixture
def reader_client(client, db):
    """Somebody who may read applications and decide about none."""
    person = User.objects.create_user("reader", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_application"))
    client.force_login(person)
    return client


def test_the_page_moves_an_application(hr_client, hr_person, apply, page_of):
    application = apply()
    response = move(hr_client, application, "in_review")
    assert response.url == page_of(application)
    assert said(response) == ["The stage is now: In review."]
    change = StageChange.objects.get()
    assert (change.to_stage, change.by) == ("in_review", hr_person)


def test_the_page_shows_the_stage_and_who_moved_it(hr_client, hr_person, apply, page_of):
    application = apply()
    move(hr_client, application, "offer")
    page = hr_client.get(page_of(application)).content.decode()
    assert '<span class="bo-tag is-offer">Offer</span>' in page
    assert f"<bdi>{hr_person.username}</bdi>" in page


@pytest.mark.parametrize("stage", ["", "hired", "withdrawn", "nowhere"])
def test_the_page_moves_nobody_where_it_offers_nothing(hr_client, apply, stage):
    response = move(hr_client, apply(), stage)
    assert said(response) == ["Choose a stage from the list."]
    assert not StageChange.objects.exists()


def test_a_final_stage_offers_no_other(hr_client, apply, page_of):
    application = apply(stage="withdrawn")
    assert "Move to" not in hr_client.get(page_of(application)).content.decode()
    assert "has withdrawn" in said(move(hr_client, application, "offer"))[0]


def test_the_list_moves_many_and_tells_what_it_did(hr_client, apply):
    new, there, hired = apply(), apply(stage="rejected"), apply(stage="hired")
    response = move_many(hr_client, "rejected", new, there, hired)
    assert said(response) == [
        "1 application was moved to: Rejected. There already: 1.",
        "1 application was left as it is: it is hired or withdrawn.",
    ]
    assert StageChange.objects.get().application == new
    assert Application.objects.filter(stage="rejected").count() == 2


def test_the_list_can_be_narrowed_to_a_stage(hr_client, apply):
    apply()
    offered = apply(stage="offer")
    found = hr_client.get(LIST, {"stage__exact": "offer"}).context["cl"].result_list
    assert list(found) == [offered]


def test_who_may_only_read_is_offered_nothing(reader_client, apply, page_of):
    application = apply()
    page = reader_client.get(page_of(application)).content.decode()
    assert "Move to" not in page
    assert "Move to" not in reader_client.get(LIST).content.decode()


def test_who_may_only_read_moves_nothing(reader_client, apply):
    application = apply()
    assert move(reader_client, application, "offer").status_code == 403
    move_many(reader_client, "offer", application)
    assert not StageChange.objects.exists()


def test_a_link_moves_nothing(hr_client, apply):
    address = reverse("admin:applications_application_move", args=(apply().pk,))
    assert hr_client.get(address).status_code == 405
