"""The ledger moves rows from one true state to the next, and refuses what is not true."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from pipelines import ledger
from pipelines.ledger import LEASE
from pipelines.models import Attempt, Run, StepRun
from tests.factories import make_job

SECOND = timedelta(seconds=1)


def claim(run, step, attempt=1, *, now):
    return ledger.claim(run.pk, step, attempt, worker="w1", now=now)


def succeed(run, *steps, now):
    for step in steps:
        ledger.succeed(claim(run, step, now=now), now=now)


def statuses(run):
    return {step.name: step.status for step in run.steps.all()}


def test_a_new_run_has_its_first_stage_sent_and_the_rest_pending(run):
    assert statuses(run) == {
        "pack": "sent",
        "ship": "pending",
        "bill": "pending",
        "close": "pending",
    }


def test_a_subject_has_one_run_of_a_pipeline(run, parcel, subject, now):
    with pytest.raises(IntegrityError):
        ledger.open_run(parcel, subject, now=now)


def test_a_claim_starts_the_step_and_holds_a_lease(run, now):
    held = claim(run, "pack", now=now)
    step = run.steps.get(name="pack")
    assert (step.status, step.attempts, step.due_at) == ("started", 1, now + LEASE)
    assert (held.attempt, held.subject_id, held.pipeline) == (1, run.subject_id, "parcel")


def test_a_step_is_claimed_once(run, now):
    claim(run, "pack", now=now)
    with pytest.raises(ledger.Dropped):
        claim(run, "pack", now=now)


def test_a_step_is_not_claimed_before_its_turn(run, now):
    with pytest.raises(ledger.Dropped):
        claim(run, "ship", now=now)


def test_success_opens_the_next_stage_as_a_whole(run, now):
    assert ledger.succeed(claim(run, "pack", now=now), now=now) is True
    assert statuses(run) == {
        "pack": "success",
        "ship": "sent",
        "bill": "sent",
        "close": "pending",
    }


def test_a_fork_is_joined_by_whoever_ends_last(run, now):
    succeed(run, "pack", now=now)
    assert ledger.succeed(claim(run, "bill", now=now), now=now) is False
    assert ledger.succeed(claim(run, "ship", now=now), now=now) is True
    assert statuses(run)["close"] == "sent"


def test_a_run_is_done_when_all_of_its_steps_are(run, now):
    succeed(run, "pack", "ship", "bill", "close", now=now)
    run.refresh_from_db()
    assert (run.status, run.finished_at) == ("done", now)


def test_a_late_holder_is_refused(run, now):
    late = claim(run, "pack", now=now)
    ledger.crashed(now=now + LEASE)
    step = run.steps.get(name="pack")
    ledger.ring(step, now=now + LEASE)
    claim(run, "pack", 2, now=now + LEASE)
    with pytest.raises(ledger.LeaseLost):
        ledger.succeed(late, now=now + LEASE)
    with pytest.raises(ledger.LeaseLost):
        ledger.fail(late, "too late", now=now + LEASE)
    assert statuses(run)["pack"] == "started"


def test_a_claim_that_was_overtaken_before_it_was_read_holds_nothing(run, now):
    overtaken = []

    def overtake(execute, *query):
        result = execute(*query)
        if not overtaken:
            overtaken.append(query)
            ledger.crashed(now=now + LEASE)
            ledger.ring(run.steps.get(name="pack"), now=now + LEASE)
            claim(run, "pack", 2, now=now + LEASE)
        return result

    with connection.execute_wrapper(overtake), pytest.raises(ledger.Ended) as ended:
        claim(run, "pack", now=now)
    assert ended.value.outcome == Attempt.Outcome.CRASH


def test_a_heartbeat_keeps_the_lease_and_only_its_own(run, now):
    held = claim(run, "pack", now=now)
    ledger.renew([held], now=now + 10 * SECOND)
    assert ledger.crashed(now=now + LEASE) == []
    assert len(ledger.crashed(now=now + LEASE + 10 * SECOND)) == 1
    ledger.renew([held], now=now + 30 * SECOND)
    assert run.steps.get(name="pack").status == "retry"


def test_a_finished_attempt_whose_message_comes_again_says_how_it_ended(run, now):
    succeed(run, "pack", now=now)
    with pytest.raises(ledger.Ended) as done:
        claim(run, "pack", now=now)
    assert done.value.outcome == "success"
    held = claim(run, "ship", now=now)
    ledger.retry(held, "busy", due_at=now + SECOND, now=now)
    with pytest.raises(ledger.Ended) as again:
        claim(run, "ship", now=now)
    assert (again.value.outcome, again.value.error) == ("retry", "busy")


def test_a_retry_waits_for_its_time_and_keeps_its_attempt(run, now):
    ledger.retry(claim(run, "pack", now=now), "busy", due_at=now + SECOND, now=now)
    assert ledger.ready(now=now) == []
    assert [step.name for step in ledger.ready(now=now + SECOND)] == ["pack"]
    attempt = Attempt.objects.get()
    assert (attempt.number, attempt.outcome, attempt.error) == (1, "retry", "busy")
    step = run.steps.get(name="pack")
    assert (step.status, step.tries, step.crashes) == ("retry", 1, 0)


def test_a_failure_fails_the_run_and_leaves_the_other_branch_alone(run, now):
    succeed(run, "pack", now=now)
    ledger.fail(claim(run, "ship", now=now), "no such address", now=now)
    run.refresh_from_db()
    assert run.status == "failed"
    succeed(run, "bill", now=now)
    assert statuses(run) == {
        "pack": "success",
        "ship": "failure",
        "bill": "success",
        "close": "pending",
    }


def test_resume_goes_on_at_the_failed_step_and_repeats_no_finished_one(run, now):
    succeed(run, "pack", now=now)
    ledger.fail(claim(run, "ship", now=now), "no such address", now=now)
    succeed(run, "bill", now=now)
    assert ledger.resume(run, now=now) == 1
    assert [step.name for step in ledger.ready(now=now)] == ["ship"]
    ledger.succeed(claim(run, "ship", 2, now=now), now=now)
    assert statuses(run)["close"] == "sent"
    run.refresh_from_db()
    assert run.status == "active"


def test_resume_of_a_run_without_failed_steps_changes_nothing(run, now):
    assert ledger.resume(run, now=now) == 0
    assert statuses(run)["pack"] == "sent"


def test_crashes_are_counted_apart_and_the_fourth_sets_the_step_aside(run, now):
    for number in range(1, 5):
        moment = now + number * 2 * LEASE
        claim(run, "pack", number, now=moment)
        ledger.crashed(now=moment + LEASE)
        for step in ledger.ready(now=moment + LEASE):
            ledger.ring(step, now=moment + LEASE)
    step = run.steps.get(name="pack")
    assert (step.status, step.tries, step.crashes, step.attempts) == ("failure", 0, 4, 4)
    assert step.error == "Set aside: the worker died each time it ran this step."
    run.refresh_from_db()
    assert run.status == "failed"


class TestLastChance:
    """Steps that the next crash sets aside are tried one by one."""

    @pytest.fixture
    def suspects(self, run, parcel, now):
        """Three runs whose first step died with three workers, all of them due."""
        runs = [run, *(ledger.open_run(parcel, make_job(), now=now) for _ in range(2))]
        StepRun.objects.filter(name="pack").update(
            status="retry", attempts=3, crashes=3, due_at=now
        )
        return runs

    def test_one_is_sent_and_the_others_wait(self, suspects, now):
        (first,) = ledger.ready(now=now)
        assert first.run == suspects[0]
        ledger.ring(first, now=now)
        assert ledger.ready(now=now) == []

    def test_they_wait_until_it_has_ended(self, suspects, now):
        ledger.ring(suspects[0].steps.get(name="pack"), now=now)
        held = claim(suspects[0], "pack", 4, now=now)
        assert ledger.ready(now=now) == []
        ledger.succeed(held, now=now)
        (second,) = ledger.ready(now=now)
        assert second.run == suspects[1]

    def test_they_wait_though_its_worker_renews_while_they_are_looked_for(self, suspects, now):
        ledger.ring(suspects[0].steps.get(name="pack"), now=now)
        held = claim(suspects[0], "pack", 4, now=now)
        ledger.renew([held], now=now + SECOND)
        assert ledger.ready(now=now) == []

    def test_one_that_waits_for_an_outage_does_not_go_round_it(self, suspects, now):
        steps = StepRun.objects.filter(name="pack")
        steps.update(outage="HarbourAway", opened_at=now, due_at=now + LEASE)
        assert ledger.probes(now=now + 10 * SECOND) == []

    def test_they_keep_nobody_else_waiting(self, suspects, parcel, now):
        other = ledger.open_run(parcel, make_job(), now=now)
        ledger.unsent(other.pk, now=now)
        ledger.ring(suspects[0].steps.get(name="pack"), now=now)
        (step,) = ledger.ready(now=now)
        assert step.run == other

    def test_who_died_with_what_kills_its_worker_is_not_set_aside_with_it(self, run, parcel, now):
        """One worker runs all, and the first run's step kills it each time."""
        innocent = ledger.open_run(parcel, make_job(), now=now)
        moment = now
        for _death in range(10):
            at_work = StepRun.objects.filter(name="pack", status="sent")
            held = {
                step.run_id: claim(step.run, "pack", step.attempts + 1, now=moment)
                for step in at_work
            }
            if run.pk not in held:
                for each in held.values():
                    ledger.succeed(each, now=moment)
            moment += LEASE
            ledger.crashed(now=moment)
            for step in ledger.ready(now=moment):
                ledger.ring(step, now=moment)
        assert run.steps.get(name="pack").status == "failure"
        assert innocent.steps.get(name="pack").status == "success"


def test_a_crash_is_counted_once_by_two_sweeps(run, now):
    claim(run, "pack", now=now)
    assert len(ledger.crashed(now=now + LEASE)) == 1
    assert ledger.crashed(now=now + LEASE) == []


def test_a_step_is_rung_by_one_of_two_sweeps(run, now):
    ledger.unsent(run.pk, now=now)
    first, second = ledger.ready(now=now), ledger.ready(now=now)
    assert ledger.ring(first[0], now=now) is True
    assert ledger.ring(second[0], now=now) is False


def test_what_the_broker_did_not_take_is_pending_and_may_be_claimed_all_the_same(run, now):
    ledger.unsent(run.pk, now=now)
    assert statuses(run)["pack"] == "pending"
    claim(run, "pack", now=now)
    assert statuses(run)["pack"] == "started"


def test_a_revoked_message_spends_the_attempt_and_not_the_step(run, now):
    ledger.discarded(run.pk, "pack", 1, now=now)
    ledger.discarded(run.pk, "pack", 1, now=now)
    step = run.steps.get(name="pack")
    assert (step.status, step.attempts, step.next_attempt) == ("retry", 1, 2)
    with pytest.raises(ledger.Ended):
        claim(run, "pack", 1, now=now)
    assert [attempt.outcome for attempt in Attempt.objects.all()] == ["revoked"]


def test_a_step_that_no_release_knows_is_set_aside_and_said_so(run, now):
    ledger.set_aside(run.steps.get(name="pack"), "This release has no such step.", now=now)
    assert statuses(run)["pack"] == "failure"
    assert Run.objects.get().status == "failed"


def test_count_sent_counts_by_step(run, now):
    assert ledger.count_sent() == {("pack", False): 1}
    succeed(run, "pack", now=now)
    assert ledger.count_sent() == {
        ("ship", False): 1,
        ("bill", False): 1,
    }


def test_sent_before_gives_the_oldest_first_and_nothing_younger(run, now):
    pack = ledger.MessageKind("pack", is_again=False)
    assert [step.name for step in ledger.sent_before(now, among=[pack])] == ["pack"]
    assert ledger.sent_before(now - SECOND, among=[pack]) == []
    assert ledger.sent_before(now, among=[]) == []
    assert ledger.sent_before(now, among=[pack._replace(is_again=True)]) == []
    assert ledger.is_any_sent_before(now)
    assert not ledger.is_any_sent_before(now - SECOND)


def test_it_is_quiet_until_a_time_has_come_or_a_message_is_overdue(run, now):
    assert ledger.is_quiet(now=now, sent_by=now - SECOND)
    assert not ledger.is_quiet(now=now, sent_by=now)
    assert ledger.is_quiet(now=now, sent_by=None)
    ledger.claim(run.pk, "pack", 1, worker="w", now=now)
    assert ledger.is_quiet(now=now + ledger.LEASE - SECOND, sent_by=now)
    assert not ledger.is_quiet(now=now + ledger.LEASE, sent_by=now)


def test_it_is_not_quiet_while_a_step_waits_for_an_outage_to_end(run, now):
    claim = ledger.claim(run.pk, "pack", 1, worker="w", now=now)
    ledger.retry(claim, "Away.", due_at=now + 60 * SECOND, now=now, outage="StorageAway")
    assert not ledger.is_quiet(now=now, sent_by=None)


@pytest.mark.parametrize("status", StepRun.Status.values)
def test_the_database_itself_refuses_impossible_steps(run, status):
    impossible = {"started": None, "success": run.created_at, "failure": run.created_at}
    if status in impossible:
        with pytest.raises(IntegrityError):
            run.steps.filter(name="pack").update(status=status, due_at=impossible[status])
    else:
        assert run.steps.filter(name="pack").update(status=status) == 1


class TestQueries:
    """A step costs few round trips, and the number is held."""

    def test_claim(self, run, now, django_assert_num_queries):
        with django_assert_num_queries(2):
            claim(run, "pack", now=now)

    def test_success(self, run, now, django_assert_num_queries):
        held = claim(run, "pack", now=now)
        with django_assert_num_queries(6):  # savepoint and release, because tests hold one
            ledger.succeed(held, now=now)


class TestOutage:
    """What is away is away for all: one tries for the others, and its success wakes them."""

    @pytest.fixture
    def waiting(self, run, parcel, now):
        """Two runs whose first step waits ten minutes for the harbour."""
        other = ledger.open_run(parcel, make_job(), now=now)
        for each in (run, other):
            ledger.retry(
                claim(each, "pack", now=now),
                "away",
                due_at=now + 600 * SECOND,
                now=now,
                outage="HarbourAway",
            )
        return run, other

    def test_one_of_those_that_wait_may_try_after_a_while(self, waiting, now):
        assert ledger.probes(now=now + 9 * SECOND) == []
        assert len(ledger.probes(now=now + 10 * SECOND)) == 1

    def test_while_one_tries_the_others_wait(self, waiting, now):
        later = now + 10 * SECOND
        (probe,) = ledger.probes(now=later)
        ledger.ring(probe, now=later)
        ledger.claim(probe.run_id, "pack", 2, worker="w1", now=later)
        assert ledger.probes(now=later) == []

    def test_however_long_they_have_waited(self, waiting, now):
        """A step may have stood in a backlog for hours before it met an outage of seconds."""
        StepRun.objects.update(opened_at=now - timedelta(days=2))
        assert ledger.probes(now=now + 9 * SECOND) == []
        assert len(ledger.probes(now=now + 10 * SECOND)) == 1

    def test_its_success_wakes_the_others(self, waiting, now):
        later = now + 10 * SECOND
        (probe,) = ledger.probes(now=later)
        ledger.ring(probe, now=later)
        ledger.succeed(ledger.claim(probe.run_id, "pack", 2, worker="w1", now=later), now=later)
        (woken,) = ledger.ready(now=later)
        assert woken.run_id != probe.run_id

    def test_its_other_trouble_wakes_them_too(self, waiting, now):
        later = now + 10 * SECOND
        (probe,) = ledger.probes(now=later)
        ledger.ring(probe, now=later)
        held = ledger.claim(probe.run_id, "pack", 2, worker="w1", now=later)
        ledger.retry(held, "busy", due_at=later + 600 * SECOND, now=later)
        (woken,) = ledger.ready(now=later)
        assert woken.run_id != probe.run_id

    def test_its_failure_wakes_them_too(self, waiting, now):
        later = now + 10 * SECOND
        (probe,) = ledger.probes(now=later)
        ledger.ring(probe, now=later)
        held = ledger.claim(probe.run_id, "pack", 2, worker="w1", now=later)
        ledger.fail(held, "no such address", now=later)
        (woken,) = ledger.ready(now=later)
        assert woken.run_id != probe.run_id

    @pytest.mark.parametrize("end", ["fail", "set aside", "hold", "crash"])
    def test_for_a_step_that_gave_up_nobody_asks_any_more(self, run, now, end):
        pack = run.steps.filter(name="pack")
        pack.update(outage="HarbourAway")
        if end == "fail":
            ledger.fail(claim(run, "pack", now=now), "given up", now=now)
        elif end == "set aside":
            ledger.set_aside(pack.get(), "unknown", now=now)
        elif end == "hold":
            ledger.hold_all("held", now=now)
        else:
            pack.update(crashes=3)
            claim(run, "pack", now=now)
            ledger.crashed(now=now + LEASE)
        assert pack.get().status == StepRun.Status.FAILURE
        assert ledger.is_quiet(now=now + LEASE, sent_by=None)

    def test_who_waits_for_something_else_sleeps_on(self, waiting, parcel, now):
        third = ledger.open_run(parcel, make_job(), now=now)
        ledger.retry(claim(third, "pack", now=now), "busy", due_at=now + 600 * SECOND, now=now)
        (probe,) = ledger.probes(now=now + 10 * SECOND)
        ledger.ring(probe, now=now + 10 * SECOND)
        held = ledger.claim(probe.run_id, "pack", 2, worker="w1", now=now + 10 * SECOND)
        ledger.succeed(held, now=now + 10 * SECOND)
        assert third.pk not in {step.run_id for step in ledger.ready(now=now + 10 * SECOND)}


def test_a_record_whose_answer_got_lost_is_known_for_what_it_was(run, now):
    held = claim(run, "pack", now=now)
    ledger.succeed(held, now=now)
    with pytest.raises(ledger.Ended) as ended:
        ledger.succeed(held, now=now)
    assert ended.value.outcome == "success"


def test_a_step_that_was_claimed_meanwhile_is_not_set_aside(run, now):
    seen = run.steps.get(name="pack")
    claim(run, "pack", now=now)
    ledger.set_aside(seen, "This release has no such step.", now=now)
    assert statuses(run)["pack"] == "started"
    assert Run.objects.get(pk=run.pk).status == "active"
