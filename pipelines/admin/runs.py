"""Runs: a list that says where each one stands, and a page that shows what happened."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.decorators import display
from unfold.views import ChangeList

from pipelines.admin.filters import FailedStepFilter, PipelineFilter
from pipelines.admin.lanes import draw
from pipelines.admin.looking import ForLooking
from pipelines.admin.paging import LongPaginator
from pipelines.admin.subjects import subjects_of
from pipelines.models import Run, StepRun
from pipelines.resuming import resume
from pipelines.timeline import in_words, short, timeline


class RunList(ChangeList):
    """Hands each row its subject, with one query for each pipeline on the page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = cast("Iterable[Any]", self.result_list)
        subjects = subjects_of(rows, request, self.model_admin.admin_site)
        for row in rows:
            row.subject = subjects[row.pk]


@admin.register(Run)
class RunAdmin(ForLooking):
    """For looking. The ledger alone writes runs; a person may ask it to resume a failed one."""

    list_display = ("run", "subject", "state", "stopped_at", "began", "took")
    list_filter = ("status", PipelineFilter, FailedStepFilter)
    search_fields = ("id__istartswith", "subject_id__startswith")
    search_help_text = gettext_lazy("How the id of a run or of its subject begins")
    list_per_page = 50
    paginator = LongPaginator
    show_full_result_count = False
    actions = ("resume_selected",)
    fields = ()

    class Media:
        css = {"all": ("pipelines/runs.css",)}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.resume_view))
        return [path("<uuid:pk>/resume/", view, name="pipelines_run_resume"), *super().get_urls()]

    def get_changelist(self, _request: HttpRequest, **_options: Any) -> type[ChangeList]:
        return RunList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        return super().get_queryset(request).prefetch_related("steps")

    def has_resume_permission(self, request: HttpRequest) -> bool:
        """Whoever may change runs may resume them, which is the only change there is."""
        return request.user.has_perm("pipelines.change_run")

    def has_view_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_resume_permission(request)

    # --- the list ---------------------------------------------------------------------------

    @display(description=gettext_lazy("run"), ordering="pipeline", header=True)
    def run(self, run: Run) -> tuple[str, str]:
        return run.pipeline, short(run)

    @display(description=gettext_lazy("subject"))
    def subject(self, row: Any) -> str:
        return render_to_string("admin/pipelines/run/subject.html", {"subject": row.subject})

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={
            Run.Status.ACTIVE: "info",
            Run.Status.DONE: "success",
            Run.Status.FAILED: "danger",
        },
    )
    def state(self, run: Run) -> tuple[str, str]:
        return run.status, run.get_status_display()

    @display(description=gettext_lazy("stopped at"))
    def stopped_at(self, run: Run) -> str:
        failed = [step for step in run.steps.all() if step.status == StepRun.Status.FAILURE]
        return render_to_string("admin/pipelines/run/stopped_at.html", {"steps": failed})

    @display(description=gettext_lazy("created at"), ordering="created_at")
    def began(self, run: Run) -> str:
        return date_format(timezone.localtime(run.created_at), "j M Y, H:i")

    @display(description=gettext_lazy("took"))
    def took(self, run: Run) -> str:
        length = in_words((run.finished_at or timezone.now()) - run.created_at)
        return length if run.finished_at else _("%s so far") % length

    # --- the page of one run ----------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *, obj: Run, **options: Any
    ) -> HttpResponse:
        """The timeline, in place of a form that nobody could fill in."""
        run = Run.objects.prefetch_related("steps__past_attempts").get(pk=obj.pk)
        line = timeline(run, now=timezone.now())
        page = {
            "title": run.pipeline,
            "subtitle": short(run),
            "timeline": line,
            "chart": draw(line),
            "subject": subjects_of([run], request, self.admin_site)[run.pk],
            "may_resume": self.has_resume_permission(request),
            "shows_all": "all" in request.GET,
        }
        return super().render_change_form(request, context | page, obj=obj, **options)

    # --- resuming ---------------------------------------------------------------------------

    def resume_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Resume one run and show its page again. POST only."""
        if not self.has_resume_permission(request):
            raise PermissionDenied
        run = get_object_or_404(Run, pk=pk)
        if names := self._resume(request, run):
            text = _("Resumed at %(steps)s: the next free worker takes it up.")
            self.message_user(request, text % {"steps": ", ".join(names)}, messages.SUCCESS)
        else:
            text = _("Nothing to resume: this run is %s.")
            self.message_user(request, text % run.get_status_display().lower())
        return HttpResponseRedirect(reverse("admin:pipelines_run_change", args=(pk,)))

    @admin.action(description=gettext_lazy("Resume"), permissions=["resume"])
    def resume_selected(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        count = sum(bool(self._resume(request, run)) for run in runs)
        if not count:
            self.message_user(request, _("Nothing to resume: none of these runs has failed."))
            return
        text = ngettext(
            "Resumed %(count)d run: the next free worker takes it up.",
            "Resumed %(count)d runs: the next free workers take them up.",
            count,
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    def _resume(self, request: HttpRequest, run: Run) -> tuple[str, ...]:
        names = resume(run, now=timezone.now())
        if names:
            self.log_change(request, run, f"Resumed at {', '.join(names)}.")
        return names
