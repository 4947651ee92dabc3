"""The sweep finds what nobody carries any more, and leaves the rest alone."""

from datetime import timedelta

import pytest

from pipelines import broker as broker_module
from pipelines import canvas, flower, ledger
from pipelines.backlog import GRACE
from pipelines.broker import BrokerAway
from pipelines.models import StepRun
from pipelines.sweep import ROLLOUT, Swept, sweep
from pipelines.watch import Watch
from tests.factories import make_job


class FakeBroker:
    """A broker with countable queues, a list of what was sent, and an ear for Flower."""

    def __init__(self):
        self.lengths = dict.fromkeys(("render", "render.again", "deliver", "deliver.again"), 0)
        self.asked = 0
        self.sent = []
        self.told = []
        self.retold = []
        self.is_away = False

    def queue_lengths(self):
        self.asked += 1
        if self.is_away:
            raise BrokerAway
        return dict(self.lengths)

    def send(self, run):
        self.sent.append(run.pk)
        return True

    def retell(self, runs):
        self.retold.extend(run.pk for run in runs)

    def tell_ended(self, attempts):
        self.told.extend(attempt.number for attempt in attempts)


@pytest.fixture(autouse=True)
def broker(monkeypatch):
    fake = FakeBroker()
    monkeypatch.setattr(broker_module, "queue_lengths", fake.queue_lengths)
    monkeypatch.setattr(canvas, "send", fake.send)
    monkeypatch.setattr(flower, "tell_ended", fake.tell_ended)
    monkeypatch.setattr(flower, "retell", fake.retell)
    return fake


def test_a_message_that_may_be_on_its_way_is_left_alone(run, broker, now):
    assert sweep(now=now + GRACE / 2) == Swept(crashed=0, sent=0)
    assert broker.sent == []


def test_a_message_that_the_broker_lost_is_sent_again_once(run, broker, now):
    late = now + GRACE
    assert sweep(now=late) == Swept(crashed=0, sent=1)
    assert sweep(now=late) == Swept(crashed=0, sent=0)
    assert broker.sent == [run.pk]


def test_a_backlog_is_not_a_loss(run, broker, now):
    broker.lengths["render"] = 1
    assert sweep(now=now + 100 * GRACE) == Swept(crashed=0, sent=0)


def test_the_brokers_word_that_it_has_a_backlog_holds_for_a_moment(run, broker, now):
    late, watch = now + GRACE, Watch()
    broker.lengths["render"] = 1
    for seconds in range(3):
        sweep(now=late + timedelta(seconds=seconds), watch=watch)
    assert broker.asked == 1
    broker.lengths["render"] = 0
    assert sweep(now=late + timedelta(seconds=3), watch=watch).sent == 1


def test_what_is_due_waits_for_no_count_of_the_backlog(run, parcel, broker, now):
    late, watch = now + GRACE, Watch()
    broker.lengths["render"] = 1
    sweep(now=late, watch=watch)
    refused = ledger.open_run(parcel, make_job(), now=late)
    ledger.unsent(refused.pk, now=late)
    assert sweep(now=late + timedelta(seconds=1), watch=watch).sent == 1
    assert broker.sent == [refused.pk]


def test_a_broker_that_was_away_is_asked_again_at_the_next_sweep(run, broker, now):
    late, watch = now + GRACE, Watch()
    broker.is_away = True
    sweep(now=late, watch=watch)
    broker.is_away = False
    assert sweep(now=late + timedelta(seconds=1), watch=watch).sent == 1


def test_a_sweep_that_finds_nothing_asks_the_database_once(run, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        sweep(now=now)


def test_of_a_queue_that_holds_less_than_was_sent_the_oldest_are_lost(run, parcel, broker, now):
    younger = ledger.open_run(parcel, make_job(), now=now + timedelta(seconds=1))
    broker.lengths["render"] = 1
    sweep(now=now + 2 * GRACE)
    assert broker.sent == [run.pk]
    assert younger.pk not in broker.sent


def test_a_backlog_of_one_queue_does_not_hide_a_loss_in_another(run, parcel, broker, now):
    ledger.succeed(ledger.claim(run.pk, "pack", 1, worker="w", now=now), now=now)
    ledger.open_run(parcel, make_job(), now=now - timedelta(minutes=1))
    broker.lengths["render"] = 1
    sweep(now=now + GRACE)
    assert broker.sent == [run.pk]


def test_a_backlog_does_not_hide_the_loss_of_a_later_attempt(run, parcel, broker, now):
    ledger.claim(run.pk, "pack", 1, worker="w", now=now)
    sweep(now=now + ledger.LEASE)
    ledger.open_run(parcel, make_job(), now=now)
    broker.lengths["render"] = 1
    sweep(now=now + ledger.LEASE + GRACE)
    assert broker.sent == [run.pk, run.pk]


def test_the_broker_is_asked_only_if_there_is_something_to_send(run, broker, now):
    sweep(now=now + GRACE / 2)
    assert broker.asked == 0
    sweep(now=now + GRACE)
    assert broker.asked == 1


def test_what_the_broker_did_not_take_is_sent_as_soon_as_it_is_back(run, broker, now):
    ledger.unsent(run.pk, now=now)
    broker.is_away = True
    assert sweep(now=now) == Swept(crashed=0, sent=0)
    broker.is_away = False
    assert sweep(now=now) == Swept(crashed=0, sent=1)
    assert run.steps.get(name="pack").status == "sent"


def test_a_dead_workers_step_is_freed_and_sent_and_flower_is_told(run, broker, now):
    ledger.claim(run.pk, "pack", 1, worker="w1", now=now)
    assert sweep(now=now + ledger.LEASE) == Swept(crashed=1, sent=1)
    assert broker.told == [1]
    assert broker.sent == [run.pk]


def test_dead_workers_are_noticed_while_the_broker_is_away(run, broker, now):
    ledger.claim(run.pk, "pack", 1, worker="w1", now=now)
    broker.is_away = True
    assert sweep(now=now + ledger.LEASE) == Swept(crashed=1, sent=0)


def test_two_branches_of_a_run_are_one_message(run, broker, now):
    ledger.succeed(ledger.claim(run.pk, "pack", 1, worker="w", now=now), now=now)
    ledger.unsent(run.pk, now=now)
    assert sweep(now=now) == Swept(crashed=0, sent=1)
    assert broker.sent == [run.pk]


def test_a_step_of_another_release_waits_while_that_is_rolled_out(run, broker, now):
    ledger.unsent(run.pk, now=now)
    StepRun.objects.filter(name="pack").update(name="wrap")
    sweep(now=now + ROLLOUT)
    assert run.steps.get(name="wrap").status == "pending"
    assert ledger.ready(now=now + ROLLOUT) == []


def test_a_step_of_another_release_is_set_aside_at_last_and_stops_nobody(run, broker, now):
    StepRun.objects.filter(name="pack").update(name="wrap")
    sweep(now=now + ROLLOUT + timedelta(seconds=1))
    step = run.steps.get(name="wrap")
    assert (step.status, step.error) == ("failure", "This release has no such step.")
    assert broker.sent == []


def test_flower_is_told_again_of_a_step_whose_next_message_was_refused(run, broker, now):
    ledger.succeed(ledger.claim(run.pk, "pack", 1, worker="w", now=now), now=now)
    ledger.unsent(run.pk, now=now)
    sweep(now=now)
    assert set(broker.retold) == {run.pk}


def test_flower_is_not_bothered_with_what_it_heard_itself(run, broker, now):
    held = ledger.claim(run.pk, "pack", 1, worker="w", now=now)
    ledger.retry(held, "busy", due_at=now, now=now)
    sweep(now=now)
    assert (broker.sent, broker.retold) == ([run.pk], [])
