"""A person lets a failed run go on: from the back office or the command line."""

from datetime import datetime

from pipelines import ledger
from pipelines.models import Run, StepRun
from pipelines.sweep import send_again


def resume(run: Run, *, now: datetime) -> tuple[str, ...]:
    """Give the failed steps of a run a fresh start and send them. What succeeded stays done.

    Returns their names; none if no step had failed, so a second call changes nothing. A broker
    that is away is no error: the sweep sends them when it is back.
    """
    failed = run.steps.filter(status=StepRun.Status.FAILURE)
    names = tuple(failed.values_list("name", flat=True))
    if not ledger.resume(run, now=now):
        return ()
    send_again(run.steps.filter(name__in=names).select_related("run"), now=now)
    return names
