"""Interviews: arranged, changed, cancelled; both sides are told each time, once."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Interview, Notice
from applications.pipeline import interview_notice, interview_reminder
from applications.services.hiring import stages
from pipelines import canvas, ledger
from pipelines.models import Run

Change = Notice.Change

_BEFORE_INTERVIEW = (Application.Stage.NEW, Application.Stage.IN_REVIEW)


class InterviewRefused(Exception):
    """A change that comes too late. Its text is a sentence for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """When, where and with whom; ``starts_at`` is aware, ``time_zone`` an IANA name.

    ``people`` is what the applicant reads, ``addresses`` who of ours gets the letters, separated
    by commas. There is a ``place``, a ``link`` or both.
    """

    starts_at: datetime
    minutes: int
    time_zone: str
    place: str
    link: str
    people: str
    addresses: str
    message: str


def arrange(
    application: Application, arrangement: Arrangement, *, by: User | None, now: datetime
) -> Interview:
    """Invite both sides; an application that is new or in review moves to Interview.

    Raises StageRefused for one that was hired or withdrawn.
    """
    with transaction.atomic():
        current = stages.lock(application)
        stages.check(current)
        interview = Interview.objects.create(application=current)
        _tell(interview, 0, Change.INVITED, arrangement, by, now)
        if current.stage in _BEFORE_INTERVIEW:
            stages.write(current, Application.Stage.INTERVIEW, by=by, now=now, note="")
    return interview


def change(
    interview: Interview, arrangement: Arrangement, *, by: User | None, now: datetime
) -> bool:
    """Tell both sides of what is different; False if nothing is. Raises InterviewRefused."""
    with transaction.atomic():
        newest = _newest(interview, now)
        if arrangement_of(newest) == arrangement:
            return False
        _supersede(newest, Change.CHANGED, arrangement, by, now)
    return True


def cancel(interview: Interview, *, message: str, by: User | None, now: datetime) -> None:
    """Tell both sides that it does not take place. Raises InterviewRefused."""
    with transaction.atomic():
        newest = _newest(interview, now)
        arrangement = Arrangement(**(asdict(arrangement_of(newest)) | {"message": message}))
        _supersede(newest, Change.CANCELLED, arrangement, by, now)


def remind(*, now: datetime) -> None:
    """Open the reminders of the interviews that begin within INTERVIEW_REMINDER_HOURS.

    One for each notice in force, but for those that were written within these hours: both sides
    have just been told. Safe to call twice, also at once.
    """
    lead = timedelta(hours=settings.INTERVIEW_REMINDER_HOURS)
    soon = Notice.objects.in_force().filter(starts_at__gt=now, starts_at__lte=now + lead)
    for notice in soon.filter(at__lte=F("starts_at") - lead):
        if not Run.objects.filter(
            pipeline=interview_reminder.name, subject_id=str(notice.pk)
        ).exists():
            _remind(notice)


def _remind(notice: Notice) -> None:
    try:
        with transaction.atomic():
            interview = Interview.objects.select_for_update().filter(pk=notice.interview_id).first()
            # It may have been changed, cancelled or erased since it was found.
            if interview is not None and _is_wanted(interview, notice):
                canvas.start(interview_reminder, notice)
    except IntegrityError:
        # Another process has just opened it.
        return


def _is_wanted(interview: Interview, notice: Notice) -> bool:
    is_in_force = interview.notice.pk == notice.pk
    return is_in_force and not stages.is_being_erased(interview.application_id)


def cancel_ahead(application: Application, *, message: str, now: datetime) -> None:
    """Cancel those that have not begun, for the applicant. In the caller's transaction."""
    for interview in application.interviews.all():
        newest = interview.notice
        if not newest.is_cancellation and newest.starts_at > now:
            cancel(interview, message=message, by=None, now=now)


def arrangement_of(notice: Notice) -> Arrangement:
    """What a notice says."""
    return Arrangement(**{name: getattr(notice, name) for name in Arrangement.__slots__})


def _newest(interview: Interview, now: datetime) -> Notice:
    if stages.is_being_erased(stages.lock(interview.application).pk):
        raise InterviewRefused(stages.ERASED)
    newest = Interview.objects.select_for_update().get(pk=interview.pk).notice
    if newest.is_cancellation:
        raise InterviewRefused(_("This interview is cancelled already."))
    if newest.starts_at <= now:
        raise InterviewRefused(_("This interview has begun already."))
    return newest


def _supersede(
    newest: Notice, change: Change, arrangement: Arrangement, by: User | None, now: datetime
) -> None:
    """What was still to be said of the notice before is not said any more."""
    ledger.cancel(newest, now=now)
    _tell(newest.interview, newest.sequence + 1, change, arrangement, by, now)


def _tell(  # noqa: PLR0917 (the columns of a notice, in their order)
    interview: Interview,
    sequence: int,
    change: Change,
    arrangement: Arrangement,
    by: User | None,
    now: datetime,
) -> None:
    notice = Notice.objects.create(
        interview=interview, sequence=sequence, change=change, at=now, by=by, **asdict(arrangement)
    )
    canvas.start(interview_notice, notice)
