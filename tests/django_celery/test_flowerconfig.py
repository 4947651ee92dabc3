import runpy

import pytest

from tests.variables import ROOT


@pytest.fixture
def configured(monkeypatch):
    def configure(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "django_celery" / "flowerconfig.py"))

    return configure


def test_flower_has_a_login_can_change_nothing_and_remembers(configured):
    options = configured(FLOWER_BASIC_AUTH="ada:one,grace:two")

    assert options["basic_auth"] == ["ada:one", "grace:two"]
    assert options["read_only"] is True
    assert options["persistent"] is True
    assert options["state_save_interval"] > 0


def test_flower_listens_on_this_machine_unless_told_otherwise(configured):
    options = configured(FLOWER_ADDRESS="", FLOWER_PORT="")

    assert (options["address"], options["port"]) == ("127.0.0.1", 5555)


@pytest.mark.parametrize("login", ["", "ada", "ada:", ":one", "ada:one,grace"])
def test_flower_does_not_start_without_a_login(configured, login):
    with pytest.raises(SystemExit, match="FLOWER_BASIC_AUTH"):
        configured(FLOWER_BASIC_AUTH=login)
