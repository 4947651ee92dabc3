"""``manage.py pipelines``: the whole of what it prints."""

import re
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pipelines import broker, flower, ledger, registry
from pipelines.management.verbs.finding import find_run
from pipelines.models import Run
from tests.factories import make_job
from tests.pipelines.factories import Journey, fail_at_ship

pytestmark = pytest.mark.usefixtures("send", "a_minute_later")


@pytest.fixture
def tell(db, parcel, now, monkeypatch):
    """Begins a journey whose run has an id of these digits, ``seconds`` after ``now``."""

    def begin(digits, seconds=0):
        pk = uuid.UUID(digits.ljust(32, "0"))
        # Where Django keeps what makes the ids of new rows.
        monkeypatch.setitem(vars(Run._meta.pk), "_get_default", lambda: pk)
        return Journey(parcel, make_job(), now=now + timedelta(seconds=seconds))

    return begin


def pipelines(*arguments):
    out = StringIO()
    call_command("pipelines", *arguments, stdout=out)
    return out.getvalue()


def lines(*arguments):
    return pipelines(*arguments).splitlines()


class TestList:
    def test_the_newest_run_comes_first_and_a_failed_one_says_where(self, tell):
        fail_at_ship(tell("aaaa1"))
        done = tell("bbbb2", 10)
        for step in ("pack", "ship", "bill", "close"):
            done.succeed(step, 1, 2)
        tell("cccc3", 20)
        assert lines("list") == [
            "RUN       PIPELINE  STATUS  CREATED              TOOK         STOPPED AT",
            "cccc3000  parcel    active  2026-03-02 09:30:20  40 s so far",
            "bbbb2000  parcel    done    2026-03-02 09:30:10  2 s",
            "aaaa1000  parcel    failed  2026-03-02 09:30:00  2 s          ship: No such address.",
        ]

    def test_without_runs_it_says_so(self, db):
        assert lines("list") == ["There are no runs."]

    def test_it_may_be_narrowed(self, tell):
        fail_at_ship(tell("aaaa1"))
        tell("bbbb2")
        assert [line[:4] for line in lines("list", "--status", "failed")] == ["RUN ", "aaaa"]
        assert [line[:4] for line in lines("list", "--status", "active")] == ["RUN ", "bbbb"]
        assert lines("list", "--status", "done") == ["There are no such runs."]
        assert lines("list", "--pipeline", "letter") == ["There are no such runs."]
        assert len(lines("list", "--pipeline", "parcel")) == 3

    def test_what_it_leaves_out_is_said(self, tell):
        for digit in "123":
            tell(f"aaaa{digit}")
        assert len(lines("list")) == 4
        assert lines("list", "--limit", "1")[2:] == ["The newest 1 of 3."]

    @pytest.mark.parametrize("limit", ["0", "-1", "some"])
    def test_a_limit_that_is_none_is_refused(self, db, limit):
        with pytest.raises(CommandError, match="--limit: a whole number, 1 or more"):
            pipelines("list", f"--limit={limit}")


class TestShow:
    def test_a_failed_run_is_told_to_its_end_with_what_to_do(self, tell):
        journey = tell("aaaa1")
        journey.retry("pack", 1, 2, 12, "Busy.")
        journey.ring("pack", 12)
        journey.crash("pack", 13, attempt=2)
        journey.ring("pack", 29)
        journey.succeed("pack", 30, 30.5, attempt=3)
        journey.fail("ship", 31, 32, "No such address.")
        subject = journey.run.subject_id
        assert (
            pipelines("show", "aaaa")
            == f"""\
Run       aaaa1000-0000-0000-0000-000000000000
Pipeline  parcel
Subject   Job {subject}
Status    failed
Created   2026-03-02 09:30:00 UTC
Took      1 min so far

STAGE  STEP   ATTEMPT  OUTCOME  QUEUED    STARTED   FINISHED  WAITED  WORKED  WORKER       ERROR
1      pack   1        retry    09:30:00  09:30:01  09:30:02  1 s     1 s     deliver@one  Busy.
1      pack   2        crash    09:30:12  09:30:13  09:30:28  1 s     15 s    deliver@one  \
The worker died while it ran this step.
1      pack   3        success  09:30:29  09:30:30  09:30:30  1 s     500 ms  deliver@one
2      ship   1        failure  09:30:30  09:30:31  09:30:32  500 ms  1 s     deliver@one  \
No such address.
2      bill   1        sent     09:30:30                      29 s
3      close           pending

To go on from ship: manage.py pipelines resume aaaa1000
"""
        )

    def test_what_comes_next_is_said(self, tell):
        journey = tell("aaaa1")
        journey.retry("pack", 1, 2, 72, "Busy.")
        assert lines("show", "aaaa1")[-2:] == ["", "pack is tried again at 09:31:12."]
        journey = tell("cccc3")
        journey.retry("pack", 1, 2, 72, "Away.", outage="StoreAway")
        assert lines("show", "cccc3")[-1] == (
            "pack is tried again at 09:31:12, or when the outage ends."
        )
        journey = tell("bbbb2")
        ledger.unsent(journey.run.pk, now=journey.at(1))
        assert lines("show", "bbbb2")[-1] == "It is the turn of pack; the next sweep sends it."

    def test_a_run_of_another_release_is_shown_all_the_same(self, tell, monkeypatch):
        journey = tell("aaaa1")
        monkeypatch.setattr(registry, "_pipelines", [])
        assert lines("show", "aaaa1")[2] == f"Subject   {journey.run.subject_id}"
        assert lines("show", "aaaa1")[-4:] == [
            f"{name} is not in this release." for name in ("pack", "ship", "bill", "close")
        ]


class TestResume:
    def test_a_failed_run_is_resumed_once(self, tell, send):
        journey = tell("aaaa1")
        fail_at_ship(journey)
        assert lines("resume", "aaaa1") == ["aaaa1000: resumed at ship."]
        assert lines("resume", "aaaa1") == ["aaaa1000: nothing to resume, it is active."]
        assert (journey.fresh().status, send.sent) == ("active", [journey.run.pk])

    def test_all_that_failed_are_resumed_and_no_others(self, tell, send):
        failed = [tell("aaaa1"), tell("bbbb2", 1)]
        for journey in failed:
            fail_at_ship(journey)
        tell("cccc3", 2)
        assert lines("resume", "--all-failed") == [
            "bbbb2000: resumed at ship.",
            "aaaa1000: resumed at ship.",
        ]
        assert send.sent == [journey.run.pk for journey in reversed(failed)]
        assert lines("resume", "--all-failed") == ["No run has failed."]

    def test_an_unknown_id_stops_it_before_anything_is_resumed(self, tell):
        journey = tell("aaaa1")
        fail_at_ship(journey)
        with pytest.raises(CommandError, match=r"^There is no run bbbb2\.$"):
            pipelines("resume", "aaaa1", "bbbb2")
        assert journey.fresh().status == "failed"

    @pytest.mark.parametrize("arguments", [[], ["aaaa1", "--all-failed"]])
    def test_it_wants_either_ids_or_all(self, tell, arguments):
        journey = tell("aaaa1")
        fail_at_ship(journey)
        with pytest.raises(CommandError, match=r"^Give the ids of runs, or --all-failed\.$"):
            pipelines("resume", *arguments)
        assert journey.fresh().status == "failed"


class TestFinding:
    @pytest.mark.parametrize(
        "text",
        [
            "ab12",
            "AB12",
            "ab12cd34-56",
            "ab12cd3456",
            "ab12cd34-5678-9abc-def0-000000000000",
        ],
    )
    def test_a_run_is_found_by_its_id_or_the_beginning_of_it(self, tell, text):
        journey = tell("ab12cd3456789abcdef0")
        tell("ab13")
        assert find_run(text) == journey.run

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("ab1", "Give at least 4 digits of the run's id."),
            ("ab12", "Several runs begin with ab12: give more of the id."),
            ("ab13", "There is no run ab13."),
            ("pack", "There is no run pack."),
            ("0" * 33, f"There is no run {'0' * 33}."),
        ],
    )
    def test_what_names_no_run_or_several_is_refused(self, tell, text, error):
        tell("ab121")
        tell("ab122")
        with pytest.raises(CommandError, match=f"^{re.escape(error)}$"):
            find_run(text)


class TestSweep:
    def test_it_frees_what_a_dead_worker_held_and_sends_it(self, tell, send, monkeypatch):
        monkeypatch.setattr(broker, "queue_lengths", dict)
        monkeypatch.setattr(flower, "tell_ended", list)
        journey = tell("aaaa1")
        journey.start("pack", 1)
        assert lines("sweep") == [
            "Attempts whose worker had died: 1",
            "Runs sent again: 1",
            "Steps that still wait to be sent: 0",
        ]
        assert send.sent == [journey.run.pk]

    def test_with_the_broker_away_it_says_what_waits(self, tell, send, monkeypatch):
        def away():
            raise broker.BrokerAway

        monkeypatch.setattr(broker, "queue_lengths", away)
        journey = tell("aaaa1")
        ledger.unsent(journey.run.pk, now=journey.at(1))
        assert lines("sweep") == [
            "Attempts whose worker had died: 0",
            "Runs sent again: 0",
            "Steps that still wait to be sent: 1",
            "They go when the broker can be reached; those that killed workers, one by one.",
        ]
        assert send.sent == []
