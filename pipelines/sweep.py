"""The sweep: finds runs that nothing is carrying any more and sends them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines import broker, canvas, flower, ledger, registry
from pipelines.backlog import Backlog
from pipelines.models import Run, StepRun
from pipelines.watch import Watch

# How long a step that this release does not know may be waiting for one that does.
ROLLOUT = timedelta(hours=1)

_UNKNOWN_STEP = "This release has no such step."


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep found: attempts whose worker died, and runs that it sent again."""

    crashed: int
    sent: int


def sweep(*, now: datetime, watch: Watch | None = None) -> Swept:
    """Free what dead workers held, send what is due, send again what the broker has lost.

    Safe to run twice, and in many processes at once. The broker is asked only if there is
    something to send. Who sweeps for ever passes the same ``watch`` each time.
    """
    watch = watch or Watch()
    overdue_by = watch.backlog.overdue_by(now)
    with watch.stalls.look(now) as lapsed_by:
        if ledger.is_quiet(now=now, sent_by=overdue_by):
            return Swept(0, 0)
        crashed = ledger.crashed(now=now, lapsed_by=lapsed_by)
    flower.tell_ended(crashed)
    return Swept(len(crashed), _carry_on(watch.backlog, overdue_by, now=now))


def _carry_on(backlog: Backlog, overdue_by: datetime | None, *, now: datetime) -> int:
    """Send what is due and what got lost; how many runs it was."""
    found = [*ledger.ready(now=now), *ledger.probes(now=now)]
    sent_by = overdue_by if overdue_by and ledger.is_any_sent_before(overdue_by) else None
    if not found and not sent_by:
        return 0
    try:
        lengths = broker.queue_lengths()
    except broker.BrokerAway:
        return 0
    if sent_by:
        found += backlog.lost(lengths, sent_by=sent_by, now=now)
    sent = send_again(found, now=now)
    flower.retell(step.run for step in found if _was_cut_off(step))
    return sent


def _was_cut_off(step: StepRun) -> bool:
    """Whether the step's first message got lost, sent by the one before it.

    If the broker refused it, Celery has told Flower that the step before it failed.
    """
    return step.attempts == 0 and step.stage > 0


def send_again(steps: Iterable[StepRun], *, now: datetime) -> int:
    """Send the runs of these steps, each once; how many the broker took.

    ``steps`` come with their runs, as they were read; one that has changed since is left alone.
    """
    runs: dict[Run, None] = {}
    for step in steps:
        if registry.find_step(step.run.pipeline, step.name) is None:
            _leave_to_another_release(step, now=now)
        elif ledger.ring(step, now=now):
            runs[step.run] = None
    return sum(canvas.send(run) for run in runs)


def _leave_to_another_release(step: StepRun, *, now: datetime) -> None:
    """While a release is rolled out, workers of the old one meet steps of the new one."""
    since = step.opened_at or step.run.created_at
    if now - since > ROLLOUT:
        ledger.set_aside(step, _UNKNOWN_STEP, now=now)
    else:
        ledger.postpone(step, due_at=now + timedelta(minutes=1))
