import json
from base64 import b64encode
from datetime import timedelta
from uuid import UUID

import altcha
import pytest
import time_machine

from applications import robots
from applications.robots import work

KEY, OTHER_KEY = UUID(int=7), UUID(int=8)


@pytest.fixture(autouse=True)
def easy(monkeypatch):
    monkeypatch.setattr(work, "MOST", 50)


@pytest.fixture
def solved(now):
    """What a browser sends that has solved a challenge, some of it changed."""
    challenge = json.loads(robots.challenge(KEY, now=now))

    def make(**changes):
        solution = altcha.solve_challenge(
            challenge["challenge"], challenge["salt"], challenge["algorithm"], 50, 0
        )
        names = ("algorithm", "challenge", "salt", "signature")
        parts = {name: challenge[name] for name in names} | {"number": solution.number}
        return b64encode(json.dumps(parts | changes).encode()).decode()

    with time_machine.travel(now, tick=False):
        yield make


def test_a_solution_is_good_for_the_key_it_was_made_for(solved):
    assert robots.is_solved(solved(), KEY)
    assert not robots.is_solved(solved(), OTHER_KEY)


def test_a_solution_dies_after_two_hours(solved, now):
    with time_machine.travel(now + timedelta(hours=2, seconds=2), tick=False):
        assert not robots.is_solved(solved(), KEY)


def test_another_installation_s_solution_is_none(solved, settings):
    solution = solved()
    settings.SECRET_KEY = "another"
    assert not robots.is_solved(solution, KEY)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": -1},
        {"number": "7"},
        {"number": None},
        {"salt": "a?b?c"},
        {"salt": "\ud800"},
        {"salt": f"x?for={KEY}&"},
        {"signature": ["x"]},
        {"algorithm": "MD5"},
    ],
)
def test_what_is_no_solution_is_refused(solved, changes):
    assert not robots.is_solved(solved(**changes), KEY)


@pytest.mark.parametrize("text", ["", "%%%", "bm90IGpzb24=", "W10=", "MTIz", "bnVsbA==", "é"])
def test_what_is_not_even_one_is_refused(text):
    assert not robots.is_solved(text, KEY)
