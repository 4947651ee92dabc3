"""That each bar is missed by what it forbids, and by a row in which nothing happened."""

import pytest

from django_celery.local.inbox.faults import Tally
from tests.faults import bars
from tests.faults.bars import Felt
from tests.faults.counting import Fate, Letters, Verdict
from tests.faults.ledger import Attempt, Journey
from tests.faults.load import Accepted
from tests.faults.outcome import Outcome
from tests.faults.recovery import Death, Outage
from tests.faults.site import Answer

HELD = "It is not known whether the mail server has the letter; a person must decide."


def step(name, status="success", error=""):
    return {"name": name, "status": status, "attempts": 1, "error": error}


def fate(*steps, letters=1, is_stored=True, pressed_at=0.0, at=1.0):
    """One applicant's; complete unless a step is given that is not."""
    sent = tuple(str(number) for number in range(letters))
    is_done = all(each["status"] == "success" for each in steps)
    page = {"status": "done" if is_done else "failed", "steps": list(steps)}
    accepted = Accepted(f"{pressed_at}@example.org", "/page/", pressed_at, at)
    return Fate(accepted, page, Letters(sent, sent), is_stored)


def outcome(*fates, ending=bars.COMPLETE, answers=(), crashed=(), copies=None, noted=(), **about):
    attempts = {name: (Attempt("run", name, 1, "crash", "deliver", 1, 2),) for name in crashed}
    verdict = Verdict(
        asked=len(fates),
        fates=fates,
        journeys={"/page/": Journey("application", "run", attempts)},
        answers=tuple(answers),
        copies=copies or {},
        noted=frozenset(noted),
    )
    return Outcome(verdict=verdict, ending=ending, **about)


def missed(misses, found):
    return list(misses(found))


def test_whoever_is_not_complete_is_lost():
    assert missed(bars.none_lost, outcome(fate(step("email_hr")))) == []
    assert missed(bars.none_lost, outcome(fate(step("email_hr"), is_stored=False))) != []
    assert missed(bars.none_lost, outcome(fate(step("email_hr", "retry")))) != []


@pytest.mark.parametrize(
    ("found", "is_held"),
    [
        (fate(step("email_hr", "failure", HELD), letters=0), True),
        (fate(step("email_hr", "failure", HELD), letters=0, is_stored=False), False),
        (fate(step("email_hr", "failure", HELD), step("email_applicant", "failure", "bug")), False),
        (fate(step("email_hr", "retry", HELD)), False),
    ],
)
def test_an_application_is_held_if_all_that_it_lacks_is_left_to_a_person(found, is_held):
    assert bars.is_held(found) == is_held
    assert (missed(bars.none_lost, outcome(found, ending=bars.SHOWN)) == []) == is_held


def test_none_held_is_as_wrong_as_more_than_were_in_doubt():
    held = fate(step("email_hr", "failure", HELD), letters=0)

    assert missed(bars.SOME_HELD.misses, outcome(held, crashed=["email_hr"])) == []
    assert missed(bars.SOME_HELD.misses, outcome(held, mail=Tally(cut_after_storing=1))) == []
    assert missed(bars.SOME_HELD.misses, outcome(held)) != []
    assert missed(bars.SOME_HELD.misses, outcome(fate(), crashed=["email_hr"])) != []


def test_a_letter_that_is_sent_again_is_a_copy_with_a_note():
    twice, about = fate(letters=2), {"crashed": ["email_hr", "email_applicant"]}
    copies, misses = {"a": 2, "b": 2}, bars.SENT_AGAIN_ONCE.misses

    assert missed(misses, outcome(twice, copies=copies, noted="ab", **about)) == []
    assert missed(misses, outcome(twice, copies=copies, noted="a", **about)) != []
    assert missed(misses, outcome(twice, copies={"a": 2}, noted="a", **about)) != []
    assert missed(misses, outcome(fate(), **about)) != []
    assert missed(misses, outcome(twice, copies=copies, noted="ab")) != []


def test_letters_that_come_twice_are_missed():
    assert missed(bars.NONE_TWICE.misses, outcome(fate())) == []
    assert missed(bars.NONE_TWICE.misses, outcome(fate(letters=2))) != []


@pytest.mark.parametrize(
    ("answer", "allowed", "is_missed"),
    [
        (Answer("POST", 303, 1), (), False),
        (Answer("GET", 200, 1), (), False),
        (Answer("POST", 200, 1), (), True),
        (Answer("POST", 422, 1), (), True),
        (Answer("GET", 500, 1), (), True),
        (Answer("POST", 0, 30), (), True),
        (Answer("POST", 0, 30), (0,), False),
        (Answer("GET", 500, 1), (0, 503), True),
    ],
)
def test_answers_are_a_healthy_sites_or_the_faults_own(answer, allowed, is_missed):
    misses = bars.answers_only(frozenset(allowed))

    assert (missed(misses, outcome(answers=[answer])) != []) == is_missed


def test_a_fault_that_nobody_felt_is_missed():
    misses = bars.was_felt(Felt("deaths", lambda found: found.struck))

    assert missed(misses, outcome(struck=1)) == []
    assert missed(misses, outcome()) == ["nobody felt it: no deaths"]


def test_what_was_not_seen_to_go_on_is_missed():
    misses = bars.goes_on(bars.TAKEN_OVER)

    assert missed(misses, outcome()) == ["nothing was seen to go on"]
    assert missed(misses, outcome(crashed=["email_hr"], deaths=[Death("deliver", 1.5)])) != []


OUTAGE = Outage(("email_hr",), 10, 30)


def applicants(*waits, since):
    return [fate(pressed_at=since + n / 100, at=since + n / 100 + s) for n, s in enumerate(waits)]


def test_speed_is_judged_by_those_who_applied_meanwhile():
    misses = bars.answers_within(3).misses
    slow_later, fast = applicants(7, since=40), applicants(*[2.9] * 50, since=11)
    slow_once = applicants(*[0.1] * 50, 3.1, since=11)

    assert missed(misses, outcome(*slow_later, *fast, outages=[OUTAGE])) == []
    assert missed(misses, outcome(*slow_once, outages=[OUTAGE])) == ["an answer after 3.1 s"]


def test_usual_speed_is_that_of_the_same_crowd_before():
    misses, before = bars.AT_USUAL_SPEED.misses, applicants(*[0.6] * 20, since=1)

    same, slower = (applicants(*[wait] * 20, since=11) for wait in (1.1, 1.3))
    assert missed(misses, outcome(*before, *same, outages=[OUTAGE])) == []
    assert missed(misses, outcome(*before, *slower, outages=[OUTAGE])) != []


def test_nobody_who_applied_meanwhile_shows_no_speed():
    before = applicants(0.1, since=1)

    for bar in (bars.AT_USUAL_SPEED, bars.answers_within(3)):
        assert missed(bar.misses, outcome(*before, outages=[OUTAGE])) != []
