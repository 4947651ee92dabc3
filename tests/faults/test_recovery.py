"""The stopwatch itself, on journeys that were made up."""

from itertools import groupby

import pytest

from tests.faults.ledger import Attempt, Journey
from tests.faults.recovery import Death, Outage, handovers, resumptions, takeovers


def journey(*attempts, run="run"):
    """Of attempts as (step, outcome, worker, started_at, ended_at), those of a step together."""
    by_step = {
        step: tuple(Attempt(run, step, number, *rest) for number, (_, *rest) in enumerate(group, 1))
        for step, group in groupby(attempts, key=lambda attempt: attempt[0])
    }
    return Journey("application", run, by_step)


def test_a_takeover_takes_from_the_death_to_the_next_attempt():
    found = journey(
        ("email_hr", "crash", "deliver", 100, 118), ("email_hr", "success", "deliver", 119, 120)
    )

    assert takeovers([found], [Death("render", 101), Death("deliver", 103)]) == [16]


def test_a_third_attempt_is_measured_as_well_as_the_second():
    found = journey(
        ("email_hr", "crash", "deliver", 100, 116),
        ("email_hr", "crash", "deliver", 117, 135),
        ("email_hr", "success", "deliver", 137, 138),
    )

    assert takeovers([found], [Death("deliver", 101), Death("deliver", 120)]) == [16, 17]


def test_a_worker_that_dies_again_could_not_take_over_before():
    found = journey(
        ("email_hr", "crash", "deliver", 100, 118), ("email_hr", "success", "deliver", 140, 141)
    )

    assert takeovers([found], [Death("deliver", 101), Death("deliver", 130)]) == [10]


def test_another_process_of_the_pool_excuses_nobody():
    found = journey(
        ("render_dossier", "crash", "render", 100, 118),
        ("render_dossier", "success", "render", 140, 141),
    )
    deaths = [Death("render", 101, is_whole=False), Death("render", 130, is_whole=False)]

    assert takeovers([found], deaths) == [39]


def test_what_ended_by_itself_was_not_taken_over():
    found = journey(
        ("email_hr", "retry", "deliver", 100, 101), ("email_hr", "success", "deliver", 140, 141)
    )

    assert takeovers([found], [Death("deliver", 100.5)]) == []


def test_a_handover_takes_from_the_record_to_the_next_step():
    found = journey(
        ("render_dossier", "success", "render", 1, 2),
        ("store_dossier", "success", "deliver", 3, 4),
        ("email_hr", "success", "deliver", 15, 16),
        ("email_applicant", "success", "deliver", 14, 15),
    )

    assert handovers([found], [Death("deliver", 5)]) == [10, 11]
    assert handovers([found], [Death("render", 5), Death("deliver", 20)]) == []


OUTAGE = Outage(("email_hr",), 100, 120)


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        pytest.param([("retry", 110, 111), ("success", 125, 126)], [5], id="tried again"),
        pytest.param([("success", 110, 123)], [3], id="hung, and ended well"),
        pytest.param([("success", 121, 122)], [], id="came later"),
        pytest.param([("success", 90, 95)], [], id="was done before"),
        pytest.param([("retry", 110, 111)], [], id="never went on"),
    ],
)
def test_who_met_an_outage_is_measured_from_its_end(attempts, expected):
    found = journey(*(("email_hr", outcome, "deliver", *times) for outcome, *times in attempts))

    assert resumptions([found], "email_hr", OUTAGE, {"run": 50}) == expected


def test_the_first_step_has_met_an_outage_if_it_was_accepted_in_it():
    first = journey(("render_dossier", "success", "render", 126, 127), run="first")
    before = journey(("render_dossier", "success", "render", 121, 122), run="before")
    accepted_at = {"first": 110, "before": 90}

    assert resumptions([first, before], "render_dossier", OUTAGE, accepted_at) == [6]
