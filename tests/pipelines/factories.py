"""A run and what befalls it, told in seconds since it began."""

from datetime import timedelta

from pipelines import ledger
from pipelines.ledger import LEASE
from pipelines.models import Attempt, Run, StepRun


class Journey:
    """One run, moved along by the ledger's own functions."""

    def __init__(self, pipeline, subject, *, now):
        self.began = now
        self.subject = subject
        self.run = ledger.open_run(pipeline, subject, now=now)

    @property
    def page(self):
        return f"/staff/pipelines/run/{self.run.pk}/change/"

    def at(self, seconds):
        return self.began + timedelta(seconds=seconds)

    def fresh(self):
        return Run.objects.get(pk=self.run.pk)

    def statuses(self):
        return {step.name: step.status for step in self.fresh().steps.all()}

    def ring(self, step, at):
        ledger.ring(self.run.steps.get(name=step), now=self.at(at))

    def start(self, step, at, *, attempt=1):
        return ledger.claim(self.run.pk, step, attempt, worker="deliver@one", now=self.at(at))

    def succeed(self, step, start, end, *, attempt=1):
        ledger.succeed(self.start(step, start, attempt=attempt), now=self.at(end))

    def retry(self, step, start, end, due, error, *, attempt=1, outage=""):
        held = self.start(step, start, attempt=attempt)
        ledger.retry(held, error, due_at=self.at(due), now=self.at(end), outage=outage)

    def fail(self, step, start, end, error, *, attempt=1):
        ledger.fail(self.start(step, start, attempt=attempt), error, now=self.at(end))

    def crash(self, step, start, *, attempt=1):
        self.start(step, start, attempt=attempt)
        ledger.crashed(now=self.at(start) + LEASE)

    def wait_out(self, step, tries):
        """An outage that each of so many tries has met, 10 s apart."""
        row = self.run.steps.get(name=step)
        Attempt.objects.bulk_create(
            Attempt(
                step=row,
                number=number,
                outcome=Attempt.Outcome.RETRY,
                queued_at=self.at(10 * number - 1),
                started_at=self.at(10 * number - 0.9),
                ended_at=self.at(10 * number - 0.5),
            )
            for number in range(1, tries + 1)
        )
        StepRun.objects.filter(pk=row.pk).update(
            status=StepRun.Status.RETRY, attempts=tries, due_at=self.at(10 * tries + 600)
        )

    def revoke(self, step, at, *, attempt=1):
        ledger.discarded(self.run.pk, step, attempt, now=self.at(at))


def fail_at_ship(journey):
    """Packed and billed within three seconds; shipping failed for good."""
    journey.succeed("pack", 0.5, 1)
    journey.fail("ship", 1.5, 2, "No such address.")
    journey.succeed("bill", 1.5, 3)


class FakeSend:
    """Stands in for ``canvas.send`` and notes the runs that it was given."""

    def __init__(self):
        self.sent = []

    def __call__(self, run):
        self.sent.append(run.pk)
        return True
