"""Letters and moves planned for a time: each done once, unless it is cancelled before."""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications.models import Application, PlannedLetter, PlannedMove
from applications.pipeline import planned_letter
from applications.services.hiring import stages
from pipelines import canvas


def plan_letter(
    application: Application,
    *,
    due_at: datetime,
    subject: str,
    body: str,
    by: User | None,
    now: datetime,
) -> PlannedLetter:
    """Have a letter sent to the applicant at ``due_at`` (aware); in the past: with the next look.

    Raises StageRefused for an application of which nothing more is decided.
    """
    with transaction.atomic():
        current = stages.lock(application)
        stages.check(current)
        return PlannedLetter.objects.create(
            application=current, due_at=due_at, subject=subject, body=body, by=by, planned_at=now
        )


def plan_move(
    application: Application,
    *,
    due_at: datetime,
    stage: Application.Stage,
    by: User | None,
    now: datetime,
) -> PlannedMove:
    """Have the application moved at ``due_at`` (aware). Raises StageRefused as well."""
    with transaction.atomic():
        current = stages.lock(application)
        stages.check(current)
        return PlannedMove.objects.create(
            application=current, due_at=due_at, stage=stage, by=by, planned_at=now
        )


def cancel(planned: PlannedLetter | PlannedMove, *, now: datetime) -> bool:
    """Nothing comes of it. False: it has begun, or was cancelled before."""
    waiting = type(planned).objects.waiting().filter(pk=planned.pk)
    return waiting.update(cancelled_at=now) == 1


def begin_due(*, now: datetime) -> None:
    """Begin all whose time has come at ``now`` (aware), the oldest first.

    Safe to call twice, also at once: each begins once.
    """
    for letter in PlannedLetter.objects.due(now):
        _send(letter, now)
    for move in PlannedMove.objects.due(now).select_related("application", "by"):
        _move(move, now)


def _send(letter: PlannedLetter, now: datetime) -> None:
    with transaction.atomic():
        if _begin(letter, now):
            canvas.start(planned_letter, letter)


def _move(planned: PlannedMove, now: datetime) -> None:
    """In one transaction with its begin: a move that has begun is made, or refused and says so."""
    with suppress(Application.DoesNotExist), transaction.atomic():
        # It first, as does whoever ends an application and then cancels what is planned: so the
        # two wait for each other in one order.
        stages.lock(planned.application)
        if not _begin(planned, now):
            return
        stage = Application.Stage(planned.stage)
        try:
            stages.move(planned.application, stage, by=planned.by, now=now, note=_note(planned))
        except stages.StageRefused as refused:
            PlannedMove.objects.filter(pk=planned.pk).update(refusal=str(refused))


def _begin(planned: PlannedLetter | PlannedMove, now: datetime) -> bool:
    return type(planned).objects.due(now).filter(pk=planned.pk).update(begun_at=now) == 1


def _note(planned: PlannedMove) -> str:
    moment = date_format(timezone.localtime(planned.planned_at), "j M Y, H:i")
    return _("As planned on %s") % moment
