import pytest
from dotenv import dotenv_values

from django_celery.env import BASE_DIR
from django_celery.local.settings_file import in_force, write_if_missing

EXAMPLE = BASE_DIR / ".env.example"


@pytest.fixture
def written(tmp_path):
    file = tmp_path / ".env"
    assert write_if_missing(file, example=EXAMPLE)
    return file


def test_every_secret_of_the_example_gets_a_value(written):
    empty = {name for name, value in dotenv_values(EXAMPLE).items() if not value}
    values = dotenv_values(written)
    assert {"SECRET_KEY", "FLOWER_BASIC_AUTH", "AWS_SECRET_ACCESS_KEY"} <= empty
    assert [name for name in empty if not values[name]] == []


def test_secrets_differ_each_time_and_only_their_owner_reads_them(written, tmp_path):
    write_if_missing(tmp_path / "other", example=EXAMPLE)
    assert dotenv_values(written)["SECRET_KEY"] != dotenv_values(tmp_path / "other")["SECRET_KEY"]
    assert written.stat().st_mode & 0o077 == 0


def test_the_words_of_the_example_are_kept(written):
    comments = [line for line in EXAMPLE.read_text().splitlines() if line.startswith("# ")]
    assert [line for line in written.read_text().splitlines() if line.startswith("# ")] == comments


def test_an_existing_file_is_left_alone(written):
    before = written.read_bytes()
    assert not write_if_missing(written, example=EXAMPLE)
    assert written.read_bytes() == before


def test_a_secret_that_the_example_lacks_is_added(tmp_path):
    (tmp_path / "example").write_text("DEBUG=false\n")
    write_if_missing(tmp_path / ".env", example=tmp_path / "example")
    assert dotenv_values(tmp_path / ".env")["SECRET_KEY"]


def test_the_real_environment_wins_except_for_keys_to_amazon(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("SITE_NAME=File\nHR_EMAIL=a@b\nAWS_ACCESS_KEY_ID=file\nDEBUG=\n")
    monkeypatch.setenv("SITE_NAME", "Real")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    monkeypatch.delenv("HR_EMAIL")
    assert in_force(file) == {"SITE_NAME": "Real", "HR_EMAIL": "a@b", "AWS_ACCESS_KEY_ID": "file"}
