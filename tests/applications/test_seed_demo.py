import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from applications.management.commands import seed_demo as command
from applications.models import ConsentText, Job, Question


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def seed():
    """Run the command; what it printed."""
    output = StringIO()
    call_command("seed_demo", stdout=output)
    return output.getvalue()


def everything():
    """All rows that the command may touch."""
    return [
        list(model.objects.order_by("pk").values()) for model in (Job, Question, ConsentText, User)
    ]


def test_a_fresh_installation_gets_positions_a_consent_text_and_staff(db):
    seed()
    assert Job.objects.count() == 24
    assert Job.objects.get(slug="backend-engineer").questions.count() == 4
    assert ConsentText.objects.count() == 1
    assert [(user.username, user.is_superuser) for user in User.objects.order_by("username")] == [
        ("admin", True),
        ("hr", False),
    ]


@pytest.mark.parametrize("username", ["admin", "hr"])
def test_the_printed_passwords_open_the_back_office(db, client, username):
    printed = re.search(rf"User {username}: created, with the password (\S+)", seed())
    assert authenticate(username=username, password=printed[1]).is_staff
    assert client.login(username=username, password=printed[1])
    assert client.get("/staff/").status_code == 200


def test_no_two_installations_share_a_password(db):
    first = seed()
    User.objects.all().delete()
    assert set(re.findall(r"password (\S+)", first)).isdisjoint(
        re.findall(r"password (\S+)", seed())
    )


def test_running_it_twice_changes_nothing_and_says_so(db):
    seed()
    before = everything()
    printed = seed()
    assert everything() == before
    assert printed == (
        "Positions: all there already.\n"
        "Consent text: there already.\n"
        "User admin: there already, with the password it had.\n"
        "User hr: there already, with the password it had.\n"
    )


def test_what_was_edited_since_stays_edited(db):
    seed()
    Job.objects.filter(slug="backend-engineer").update(title="Edited")
    Job.objects.filter(slug="content-editor").delete()
    assert seed().startswith("Positions: 1 created.")
    assert Job.objects.get(slug="backend-engineer").title == "Edited"


def test_hr_belongs_to_the_group_hr(db):
    seed()
    assert User.objects.get(username="hr").groups.get().name == "HR"


def test_a_database_that_is_not_migrated_is_told_so(db):
    MigrationRecorder.Migration.objects.filter(app="applications").delete()
    with pytest.raises(CommandError, match=r"python manage\.py migrate"):
        seed()
    assert not Job.objects.exists()


def test_nothing_is_kept_when_it_stops_halfway(db, monkeypatch):
    def stop():
        raise CommandError("Stopped.")

    monkeypatch.setattr(command, "hr_group", stop)
    with pytest.raises(CommandError, match="Stopped"):
        seed()
    assert not Job.objects.exists()
    assert not User.objects.exists()
