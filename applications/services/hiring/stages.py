"""The stages of an application: the only writer of them."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Erasure, PlannedLetter, PlannedMove, StageChange
from pipelines import ledger

Stage = Application.Stage

# Where people move an application to. To be hired takes the terms (``employment.hire``), and to
# withdraw is the applicant's.
OFFERED = (Stage.NEW, Stage.IN_REVIEW, Stage.INTERVIEW, Stage.OFFER, Stage.REJECTED)
# What waits for somebody of ours.
OPEN = (Stage.NEW, Stage.IN_REVIEW, Stage.INTERVIEW, Stage.OFFER)

# What no stage comes after, and why.
FINAL: dict[str, Promise] = {
    Stage.HIRED: _("This person is hired already: the stage stays as it is."),
    Stage.WITHDRAWN: _("The applicant has withdrawn this application: the stage stays as it is."),
}


# While its rows are still there.
ERASED = _("This application is being erased: nothing more is done with it.")


class StageRefused(Exception):
    """A move that the application's stage does not allow. Its text is a sentence for people."""


def move(
    application: Application,
    to: Application.Stage,
    *,
    by: User | None,
    now: datetime,
    note: str = "",
) -> bool:
    """Move the application to a stage; False if it is there already, and nothing is written.

    ``by`` is the person who does so; None if it is the applicant. Raises StageRefused for one
    that was hired or withdrawn. Not for hiring somebody: that is ``employment.hire``.
    """
    with transaction.atomic():
        current = lock(application)
        if current.stage == to:
            return False
        write(current, to, by=by, now=now, note=note)
    application.stage, application.moved_at = to, now
    return True


def lock(application: Application) -> Application:
    """The application as it is now, held for the caller's transaction."""
    return Application.objects.select_for_update().get(pk=application.pk)


def check(current: Application) -> None:
    """Raises StageRefused for one of whom nothing more is decided."""
    if current.stage in FINAL:
        raise StageRefused(FINAL[current.stage])
    if is_being_erased(current.pk):
        raise StageRefused(ERASED)


def is_being_erased(application_id: UUID) -> bool:
    """Whether all of it is about to go: nobody is to hear of it any more."""
    return Erasure.objects.filter(application_id=application_id).exists()


def write(
    current: Application,
    to: Application.Stage,
    *,
    by: User | None,
    now: datetime,
    note: str,
) -> None:
    """The move and its history, for a caller that holds the application. Raises StageRefused."""
    check(current)
    StageChange.objects.create(
        application=current, from_stage=current.stage, to_stage=to, at=now, by=by, note=note
    )
    current.stage, current.moved_at = to, now
    current.save(update_fields=["stage", "moved_at"])
    if to in FINAL:
        drop_plans(current, now=now)


def drop_plans(current: Application, *, now: datetime) -> None:
    """Cancel what is planned and not sent: after the end no rejection reaches who is hired."""
    for planned in (PlannedLetter, PlannedMove):
        planned.objects.waiting().filter(application=current).update(cancelled_at=now)
    for letter in PlannedLetter.objects.filter(application=current, begun_at__isnull=False):
        ledger.cancel(letter, now=now)
