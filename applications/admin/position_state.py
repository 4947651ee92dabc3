"""Where a position stands, in one word: for the list of positions and its filter."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Job


class State(TextChoices):
    OPEN = "open", _("Open")
    UPCOMING = "upcoming", _("Opens later")
    CLOSED = "closed", _("Closed")
    UNPUBLISHED = "unpublished", _("Not published")


def state_of(job: Job, now: datetime) -> State:
    """The position's state at ``now`` (aware)."""
    if not job.is_published:
        return State.UNPUBLISHED
    if job.opens_at > now:
        return State.UPCOMING
    return State.OPEN if job.is_open(now) else State.CLOSED


def in_state(jobs: QuerySet[Job], state: State, now: datetime) -> QuerySet[Job]:
    """Those of ``jobs`` that are in ``state`` at ``now`` (aware)."""
    match state:
        case State.OPEN:
            return jobs.filter(pk__in=Job.objects.open(now))
        case State.UPCOMING:
            return jobs.filter(is_published=True, opens_at__gt=now)
        case State.CLOSED:
            return jobs.filter(is_published=True, closes_at__lte=now)
        case State.UNPUBLISHED:
            return jobs.filter(is_published=False)


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> Iterable[tuple[str, Any]]:
        return State.choices

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        state = self.value() or ""
        if state not in State:
            return queryset
        return in_state(queryset, State(state), timezone.now())
