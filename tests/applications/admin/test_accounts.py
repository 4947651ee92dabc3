import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse


def test_an_administrator_gives_a_new_colleague_an_account(admin_client):
    password = "correct horse battery"
    form = {
        "username": "grace",
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }
    assert admin_client.post(reverse("admin:auth_user_add"), form).status_code == 302
    assert User.objects.get(username="grace").check_password(password)


@pytest.mark.parametrize("page", ["admin:auth_user_change", "admin:auth_user_password_change"])
def test_a_colleagues_pages_open(admin_client, hr_person, page):
    assert admin_client.get(reverse(page, args=(hr_person.pk,))).status_code == 200


def test_a_groups_page_opens(admin_client, hr_person):
    group = Group.objects.get(name="HR")
    page = admin_client.get(reverse("admin:auth_group_change", args=(group.pk,)))
    assert page.status_code == 200


def test_hr_manages_no_accounts(hr_client):
    assert hr_client.get(reverse("admin:auth_user_changelist")).status_code == 403
