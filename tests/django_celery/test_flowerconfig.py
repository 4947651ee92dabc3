import runpy

import pytest

from django_celery.env import BASE_DIR

CONFIG = BASE_DIR / "django_celery" / "flowerconfig.py"


def config() -> dict:
    return runpy.run_path(str(CONFIG))


@pytest.mark.parametrize("login", ["", "flower", "flower:", ":secret", "a:b,flower"])
def test_flower_does_not_start_without_a_login(monkeypatch, login):
    monkeypatch.setenv("FLOWER_BASIC_AUTH", login)
    with pytest.raises(SystemExit, match="Set FLOWER_BASIC_AUTH to user:password"):
        config()


def test_flower_does_not_start_on_a_port_that_is_none(monkeypatch):
    monkeypatch.setenv("FLOWER_PORT", "front")
    with pytest.raises(SystemExit, match="FLOWER_PORT must be a whole number"):
        config()


def test_flower_listens_on_loopback_shows_only_and_remembers(monkeypatch):
    monkeypatch.setenv("FLOWER_BASIC_AUTH", "a:b, c:d")
    found = config()
    assert found["basic_auth"] == ["a:b", "c:d"]
    assert found["address"] == "127.0.0.1"
    assert found["read_only"] is True
    assert found["persistent"] is True
    assert found["state_save_interval"] > 0


def test_flower_knows_every_option_that_is_set():
    from flower.options import options  # noqa: PLC0415 - defines its options when imported

    names = {name for name in config() if name.islower() and not name.startswith("_")}
    assert names - set(options.as_dict()) == {"env"}
