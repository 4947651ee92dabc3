"""Runs by their id, or by its beginning."""

from uuid import UUID

from django.core.management.base import CommandError
from django.db.models import QuerySet

from pipelines.models import Run

_DIGITS = 32
_LEAST_DIGITS = 4  # fewer would more likely be a slip than an id


def find_run(beginning: str) -> Run:
    """The one run whose id begins so. Raises CommandError."""
    match list(_beginning_with(beginning)[:2]):
        case [run]:
            return run
        case []:
            raise CommandError(f"There is no run {beginning}.")
        case _:
            raise CommandError(f"Several runs begin with {beginning}: give more of the id.")


def _beginning_with(beginning: str) -> QuerySet[Run]:
    digits = beginning.replace("-", "")
    if len(digits) < _LEAST_DIGITS:
        raise CommandError(f"Give at least {_LEAST_DIGITS} digits of the run's id.")
    try:
        first, last = UUID(digits.ljust(_DIGITS, "0")), UUID(digits.ljust(_DIGITS, "f"))
    except ValueError:
        return Run.objects.none()
    return Run.objects.filter(pk__range=(first, last))
