import pytest

from benchmarks.figures import Figure
from benchmarks.scaling import Load, Work, _findings


def work(seconds, amount):
    return Work(seconds, amount, 2 * amount, amount / 100, amount / 1000, amount / 10)


def test_what_is_asked_at_rest_is_taken_off_for_as_long_as_the_work_took():
    found = work(20, 160).without(work(10, 30))

    assert found.transactions == pytest.approx(100)
    assert found.commands == pytest.approx(200)


def test_a_hundred_machines_ask_for_their_applications_and_for_their_rest():
    one = Load([4.0, 5.0, 6.0], cost=work(0, 60), idle=work(1, 14))
    two = Load([8.0, 9.0, 9.0], cost=work(0, 62), idle=work(1, 24))

    figures = {each.name: each.figure for each in _findings(one, two) if isinstance(each, Figure)}

    assert figures["100 machines"] == pytest.approx(500)
    # 500 applications of 62 transactions, 100 machines of 10 at rest.
    assert figures["100 machines: transactions"] == pytest.approx(500 * 62 + 100 * 10)
