"""Applications: a list that shows how far each has come, and a page to read each one."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from unfold.views import ChangeList

from applications.admin.hiring import employing, interviews, planning, stages
from applications.admin.hiring.context import hiring
from applications.admin.hiring.pages import may_handle
from applications.admin.progress import RUN_WORDS, progress_of
from applications.admin.times import minute
from applications.models import Application
from applications.services import doubt
from applications.services.runs import with_run
from pipelines.admin.looking import ForLooking
from pipelines.admin.paging import LongPaginator
from pipelines.models import Run


class ApplicationList(ChangeList):
    """Hands each row its progress, with the same two queries however long the page is."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        progress = progress_of(self.result_list)
        for row in cast("Iterable[Any]", self.result_list):
            row.progress = progress.get(row.pk)


class RunFilter(admin.SimpleListFilter):
    title = _("progress")
    parameter_name = "run"

    def lookups(self, _request: HttpRequest, _admin: Any) -> Iterable[tuple[str, Any]]:
        return RUN_WORDS.items()

    def queryset(
        self, _request: HttpRequest, queryset: QuerySet[Application]
    ) -> QuerySet[Application]:
        status = self.value() or ""
        return with_run(queryset, Run.Status(status)) if status in Run.Status else queryset


@admin.register(Application)
class ApplicationAdmin(ForLooking):
    """For reading and deciding. What was sent, and what was done with it, is never edited."""

    actions = stages.actions()
    list_display = ("code", "applicant", "position", "submitted", "stage_tag", "progress")
    list_select_related = ("job",)
    list_filter = ("stage", "is_waiting", RunFilter, "job", "submitted_at")
    search_fields = ("reference", "full_name", "email")
    search_help_text = _("Reference, name or e-mail")
    list_per_page = 50
    paginator = LongPaginator
    show_full_result_count = False
    fields = ()
    # Its address is the applicant's secret.
    view_on_site = False

    def get_changelist(self, _request: HttpRequest, **_options: Any) -> type[ChangeList]:
        return ApplicationList

    def get_urls(self) -> list[URLPattern]:
        """Before Django's own, whose last one takes whatever comes."""
        return [
            self._page("move", require_POST(partial(stages.move, model_admin=self))),
            self._page("hire", self._form(employing.hire)),
            self._page("interview", self._form(interviews.arrange)),
            self._page("interview_change", self._form(interviews.change), "<uuid:interview>/"),
            self._page("interview_cancel", self._form(interviews.cancel), "<uuid:interview>/"),
            self._page("plan_letter", self._form(planning.plan_letter)),
            self._page("plan_move", self._form(planning.plan_move)),
            self._page(
                "plan_cancel",
                require_POST(partial(planning.cancel, model_admin=self)),
                "<slug:kind>/<uuid:planned>/",
            ),
            *super().get_urls(),
        ]

    def _form(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return require_http_methods(["GET", "HEAD", "POST"])(partial(view, model_admin=self))

    def _page(self, name: str, view: Callable[..., HttpResponse], rest: str = "") -> URLPattern:
        address = f"<uuid:pk>/{name.replace('_', '-')}/{rest}"
        return path(
            address, self.admin_site.admin_view(view), name=f"applications_application_{name}"
        )

    def has_handle_permission(self, request: HttpRequest) -> bool:
        """To move, invite, hire: what the actions ask for."""
        return may_handle(request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *, obj: Application, **options: Any
    ) -> HttpResponse:
        """The page of one application, in place of a form that nobody could fill in."""
        page = {
            "title": obj.full_name,
            "subtitle": obj.reference,
            "progress": progress_of([obj]).get(obj.pk),
            "undecided": {each.pk for each in obj.letters.all() if doubt.is_undecided(each)},
        }
        response: HttpResponse = super().render_change_form(
            request, context | page | hiring(request, obj), obj=obj, **options
        )
        return response

    @admin.display(description=_("reference"), ordering="reference")
    def code(self, application: Application) -> SafeString:
        return format_html('<span class="bo-code">{}</span>', application.reference)

    @admin.display(description=_("applicant"), ordering="full_name")
    def applicant(self, application: Application) -> SafeString:
        return format_html(
            '<span class="bo-stack"><span class="bo-lead">{}</span>'
            '<span class="bo-sub">{}</span></span>',
            application.full_name,
            application.email,
        )

    @admin.display(description=_("position"), ordering="job__title")
    def position(self, application: Application) -> str:
        return application.job.title

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def submitted(self, application: Application) -> SafeString:
        return format_html('<span class="bo-when">{}</span>', minute(application.submitted_at))

    @admin.display(description=_("stage"), ordering="stage")
    def stage_tag(self, application: Application) -> SafeString:
        return format_html(
            '<span class="bo-tag is-{}">{}</span>',
            application.stage,
            application.get_stage_display(),
        )

    @admin.display(description=_("progress"))
    def progress(self, row: Any) -> str:
        return render_to_string(
            "admin/applications/application/marks.html", {"progress": row.progress}
        )
