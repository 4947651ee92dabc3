"""A mail to ADMINS when runs begin to fail: one, however many runs there are.

They are told when there is a failed run and none was before, once a day while any is left, and
when none is. The alarm's row says what they have been told; whoever moves it first sends the mail,
so two processes that watch at the same time send one. A mail that does not get through leaves the
row as it was, and the next look tries again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection, mail_admins
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from pipelines.models import Alarm, Run, StepRun

REMINDER = timedelta(days=1)
# A server that looks into a mail before it answers has it by then: giving up would tell twice.
_PATIENCE = 90  # seconds, for each command
# Longer than any mail server may take, so that nobody tells what another is about to tell.
HELD = timedelta(minutes=15)

_FAILED_RUNS = "failed runs"
_MOST_CAUSES = 20


@dataclass(frozen=True, slots=True)
class Cause:
    """A step that failed and the safe text of its error, with the number of runs it stopped."""

    step: str
    error: str
    runs: int


def watch(*, address: str, now: datetime) -> bool:
    """Tell ADMINS what they do not know yet; whether a mail went out.

    ``address`` is the list of failed runs. Safe to call often and in many processes at once.
    Does nothing without ADMINS. What the mail backend raises comes through.
    """
    if not settings.ADMINS:
        return False
    if failed := Run.objects.filter(status=Run.Status.FAILED).count():
        return _tell_of_failures(failed, address=address, now=now)
    return _tell_of_their_end(now=now)


def _tell_of_failures(failed: int, *, address: str, now: datetime) -> bool:
    alarm, _is_new = Alarm.objects.get_or_create(topic=_FAILED_RUNS, defaults={"raised_at": now})
    if alarm.told_at is not None and now - alarm.told_at < REMINDER:
        return False
    if not _hold(alarm, now=now):
        return False
    _mail(alarm, _count(failed), _failures(failed, _causes(), alarm, address), now=now)
    return _held(alarm, now=now).update(told_at=now, held_until=None) == 1


def _tell_of_their_end(*, now: datetime) -> bool:
    alarm = Alarm.objects.filter(topic=_FAILED_RUNS).first()
    if alarm is None or not _hold(alarm, now=now):
        return False
    if alarm.told_at is not None:
        _mail(alarm, "No failed run is left", _end(alarm), now=now)
    _held(alarm, now=now).delete()
    return alarm.told_at is not None


def _mail(alarm: Alarm, subject: str, text: str, *, now: datetime) -> None:
    """For whoever holds the alarm; if the mail does not get through, it is let go of."""
    try:
        mail_admins(subject, text, connection=get_connection(timeout=_patience()))
    except OSError:
        _held(alarm, now=now).update(held_until=None)
        raise


def _patience() -> float:
    return max(settings.EMAIL_TIMEOUT or 0, _PATIENCE)


def _hold(alarm: Alarm, *, now: datetime) -> bool:
    """Take the telling upon us, if nobody else has since the row was read."""
    is_free = Q(held_until__isnull=True) | Q(held_until__lte=now)
    unchanged = Alarm.objects.filter(is_free, pk=alarm.pk, told_at=alarm.told_at)
    return unchanged.update(held_until=now + HELD) == 1


def _held(alarm: Alarm, *, now: datetime) -> QuerySet[Alarm]:
    return Alarm.objects.filter(pk=alarm.pk, held_until=now + HELD)


def _causes() -> list[Cause]:
    """What stopped the runs, the most frequent first. Reaches the steps through failed runs."""
    steps = StepRun.objects.filter(run__status=Run.Status.FAILED, status=StepRun.Status.FAILURE)
    counted = steps.order_by().values_list("run__pipeline", "name", "error").annotate(n=Count("pk"))
    return [
        Cause(f"{pipeline}.{name}", error, runs)
        for pipeline, name, error, runs in counted.order_by("-n", "name")[:_MOST_CAUSES]
    ]


def _count(failed: int) -> str:
    return "1 run has failed" if failed == 1 else f"{failed} runs have failed"


def _failures(failed: int, causes: Sequence[Cause], alarm: Alarm, address: str) -> str:
    lines = "\n".join(f"  {cause.runs} x {cause.step}: {cause.error}" for cause in causes)
    return (
        f"{_count(failed)} and will not go on without a person.\n\n"
        f"{lines}\n\n"
        f"Once the cause is gone, resume them here; nothing that has succeeded is repeated:\n"
        f"{address}\n\n"
        f"The first was noticed on {_moment(alarm.raised_at)}. This mail comes again once a day\n"
        f"while any is left, and a last one says when none is.\n"
    )


def _end(alarm: Alarm) -> str:
    return (
        f"Every run that has failed since {_moment(alarm.raised_at)} goes on or is done.\n"
        f"There is nothing left to do.\n"
    )


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i T")
