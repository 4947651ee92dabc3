"""Schedules: when each is due in people's words, how it went last, and Run now.

Beat's own pages for crontabs, intervals and the like are taken away: rows of them are shared
between schedules, and the form here writes what is needed.
"""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.views import ChangeList

from pipelines.schedules import beat, cron, history, opening
from pipelines.schedules.admin.forms import ScheduleForm
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Entry
from pipelines.schedules.registry import UnknownSchedule, find_schedule

_SHOWN = 20

for _model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(_model)


class ScheduleList(ChangeList):
    """Hands each row its last occasion, with two queries for all of them."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = cast("Iterable[Any]", self.result_list)
        last = history.latest_of_each([row.name for row in rows])
        for row in rows:
            row.last = last.get(row.name)


@admin.register(Entry)
class EntryAdmin(ModelAdmin):
    """Rows come from the schedules of the release; a person says when, and on or off."""

    form = ScheduleForm
    fields = ("enabled", "line", "zone")
    list_display = ("title", "when", "next_run", "last_run", "is_on")
    list_select_related = ("crontab",)
    list_per_page = 100
    ordering = ("name",)
    search_fields = ("name",)
    actions = None
    change_form_outer_before_template = "admin/schedules/head.html"
    change_form_outer_after_template = "admin/schedules/past.html"

    class Media:
        css = {"all": ("pipelines/runs.css", "pipelines/schedules.css")}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.run_now))
        return [path("<int:pk>/run/", view, name="schedules_run_now"), *super().get_urls()]

    def get_changelist(self, _request: HttpRequest, **_options: Any) -> type[ChangeList]:
        return ScheduleList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Without Celery's own rows, which are no schedules of ours."""
        return super().get_queryset(request).filter(task=beat.RING).select_related("crontab")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of a row without a schedule there is nothing to change."""
        return super().has_change_permission(request, obj) and (obj is None or _is_known(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a row without a schedule may go: one with a schedule is switched off."""
        may = super().has_delete_permission(request, obj)
        return may and obj is not None and not _is_known(obj)

    # --- the list ---------------------------------------------------------------------------

    @display(description=gettext_lazy("schedule"), ordering="name", header=True)
    def title(self, row: Entry) -> tuple[str, str]:
        schedule = _schedule(row)
        if schedule is None:
            return row.name, _("This release has no such schedule; nothing happens.")
        return str(schedule.title), str(schedule.purpose)

    @display(description=gettext_lazy("when"), header=True)
    def when(self, row: Entry) -> tuple[str, str]:
        line = beat.parse_row(row.crontab) if row.crontab else None
        return (line.in_words(), str(line)) if line else (_("Never"), "")

    @display(description=gettext_lazy("next run"))
    def next_run(self, row: Entry) -> str | None:
        return _next_run(row) or None

    @display(description=gettext_lazy("last run"))
    def last_run(self, row: Any) -> str:
        return render_to_string("admin/schedules/last.html", {"past": row.last})

    @display(
        description=gettext_lazy("state"), label={"on": "success", "off": "info", "gone": "warning"}
    )
    def is_on(self, row: Entry) -> tuple[str, str]:
        if not _is_known(row):
            return "gone", _("without a schedule")
        return ("on", _("on")) if row.enabled else ("off", _("off"))

    # --- the page of one --------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *, obj: Any, **options: Any
    ) -> HttpResponse:
        schedule = _schedule(obj)
        page = {
            "title": schedule.title if schedule else obj.name,
            "schedule": schedule,
            "line": beat.parse_row(obj.crontab) if obj.crontab else None,
            "next_run": _next_run(obj),
            "past": history.latest(obj.name, count=_SHOWN),
            "may_run": schedule and super().has_change_permission(request),
            "is_busy": schedule and opening.is_busy(schedule),
        }
        return super().render_change_form(request, context | page, obj=obj, **options)

    def save_model(
        self, request: HttpRequest, obj: Any, form: BaseModelForm[Any], *args: Any
    ) -> None:
        """From this moment on the due times of the new line count."""
        super().save_model(request, obj, form, *args)
        schedule = find_schedule(obj.name)
        opening.note(schedule, beat.line_of(obj.name), now=timezone.now())

    # --- Run now ----------------------------------------------------------------------------

    def run_now(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin it, due or not. POST only. Raises PermissionDenied and Http404."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        schedule = find_schedule(row.name)
        if opening.begin_by_hand(schedule, now=timezone.now()):
            self.log_change(request, row, "Run by hand.")
            text = _("Begun: the next free worker takes it up. How it goes stands below.")
            self.message_user(request, text, messages.SUCCESS)
        else:
            self.message_user(request, _("It is at work already; nothing was begun."))
        address = reverse("admin:schedules_entry_change", args=(pk,))
        return HttpResponseRedirect(address)


def _schedule(row: Entry) -> Schedule | None:
    try:
        return find_schedule(row.name)
    except UnknownSchedule:
        return None


def _is_known(row: Entry) -> bool:
    return _schedule(row) is not None


def _next_run(row: Entry) -> str:
    """In the office's time zone; empty if it never comes."""
    line = beat.parse_row(row.crontab) if row.crontab else None
    if line is None or not row.enabled or not _is_known(row):
        return ""
    moment = cron.upcoming(line, after=timezone.now())
    return date_format(timezone.localtime(moment), "D j M, H:i") if moment else ""
