import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from applications.groups import hr_group
from applications.models import Brand


@pytest.fixture
def sidebar(db, client):
    """The titles in a person's sidebar."""

    def read(person):
        client.force_login(person)
        groups = client.get(reverse("admin:index")).context["sidebar_navigation"]
        items = [item for group in groups for item in group["items"] if item["has_permission"]]
        assert all(client.get(str(item["link"])).status_code == 200 for item in items)
        return [str(item["title"]) for item in items]

    return read


def test_an_administrator_reaches_everything(sidebar):
    assert sidebar(User.objects.create_superuser("admin")) == [
        "Overview",
        "Applications",
        "Employees",
        "Reports",
        "Job alerts",
        "Erasures",
        "Positions",
        "Consent texts",
        "Brand",
        "Runs",
        "Letters",
        "Schedules",
        "Users",
        "Groups",
    ]


def test_hr_sees_what_hr_may_open(sidebar):
    person = User.objects.create_user("hr", is_staff=True)
    person.groups.add(hr_group())
    assert sidebar(person) == [
        "Overview",
        "Applications",
        "Employees",
        "Reports",
        "Job alerts",
        "Erasures",
        "Positions",
        "Consent texts",
        "Brand",
        "Runs",
        "Letters",
    ]


def test_staff_without_rights_see_the_overview_only(sidebar):
    assert sidebar(User.objects.create_user("temp", is_staff=True)) == ["Overview"]


def test_the_back_office_bears_the_companys_name(client, db):
    Brand.objects.create(name="Acme")
    assert "Acme" in client.get(reverse("admin:login")).content.decode()


def test_its_pages_use_our_stylesheets(client, db):
    page = client.get(reverse("admin:login")).content.decode()
    for name in ("back-office", "hiring"):
        assert f'href="/static/applications/{name}.css"' in page
