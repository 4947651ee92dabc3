"""What the page of an application shows of its hiring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.admin.hiring.pages import may_handle
from applications.admin.hiring.plans import plans_of
from applications.models import Application, Employee, Interview, Notice
from applications.services.hiring import stages


def hiring(request: HttpRequest, application: Application) -> dict[str, Any]:
    """For the page's template: the stage, its history, and what may be done."""
    is_final = application.stage in stages.FINAL
    return {
        "may_handle": may_handle(request) and not is_final,
        "offered": [stage for stage in stages.OFFERED if stage != application.stage],
        "stage_changes": application.stage_changes.select_related("by"),
        "plans": plans_of(application),
        "interviews": _interviews(application, timezone.now()),
        "employee": Employee.objects.filter(application=application).first(),
    }


@dataclass(frozen=True)
class Meeting:
    """An interview as its newest notice has it; ``state`` is one of ahead, over, cancelled."""

    interview: Interview
    notice: Notice
    state: str

    @property
    def words(self) -> Promise:
        return _MEETING_WORDS[self.state]


_MEETING_WORDS = {
    "ahead": _("arranged"),
    "over": _("over"),
    "cancelled": _("cancelled"),
}


def _interviews(application: Application, now: datetime) -> Sequence[Meeting]:
    """Its interviews, the latest first. Two queries."""
    interviews = application.interviews.prefetch_related("notices__by")
    newest = [(interview, list(interview.notices.all())[-1]) for interview in interviews]
    meetings = [Meeting(interview, notice, _state(notice, now)) for interview, notice in newest]
    return sorted(meetings, key=lambda meeting: meeting.notice.starts_at, reverse=True)


def _state(notice: Notice, now: datetime) -> str:
    if notice.is_cancellation:
        return "cancelled"
    return "ahead" if notice.starts_at > now else "over"
