"""Positions: written here together with the questions they ask."""

from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from applications.admin.position_state import State, StateFilter, state_of
from applications.admin.preview import preview
from applications.admin.questions import QuestionInline
from applications.admin.times import day
from applications.models import Job
from applications.services import standing


class PositionForm(forms.ModelForm[Job]):
    class Meta:
        model = Job
        # Which fields there are, and in which order, say the admin's fieldsets.
        fields = ()
        widgets: ClassVar = {
            "summary": UnfoldAdminTextareaWidget({"rows": 2}),
            "description": UnfoldAdminTextareaWidget({"rows": 24}),
        }


@admin.register(Job)
class PositionAdmin(ModelAdmin):
    form = PositionForm
    inlines = (QuestionInline,)
    list_display = ("title", "state", "department", "place", "application_count", "page")
    list_filter = (StateFilter, "department", "employment", "workplace")
    search_fields = ("title", "department", "place", "slug")
    prepopulated_fields: ClassVar = {"slug": ("title",)}
    warn_unsaved_form = True
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "slug",
                    "department",
                    ("place", "country"),
                    ("employment", "workplace"),
                )
            },
        ),
        (_("What people read"), {"fields": ("summary", "description")}),
        (
            _("When and to whom"),
            {"fields": ("is_published", "opens_at", "closes_at", "hr_email", "retention_months")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        jobs: QuerySet[Job] = super().get_queryset(request)
        return jobs.annotate(received=Count("applications"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(preview, model_admin=self))
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:pk>/preview/", view, name="applications_job_preview"), *urls]

    def save_model(self, request: HttpRequest, obj: Job, form: Any, change: Any) -> None:
        """Who has seen it is told so on its page, when it is taken down with this change."""
        if change:
            obj.listed_at = standing.seen_since(obj, now=timezone.now())
        super().save_model(request, obj, form, change)

    def view_on_site(self, job: Job) -> str | None:
        """The public page itself; none before there is one."""
        return job.get_absolute_url() if _is_public(job) else None

    @admin.display(description=_("state"))
    def state(self, job: Job) -> SafeString:
        state = state_of(job, timezone.now())
        return format_html('<span class="bo-tag is-{}">{}</span>', state, _state_text(job, state))

    @admin.display(description=_("applications"), ordering="received")
    def application_count(self, job: Any) -> str | SafeString:
        if not job.received:
            return "0"
        address = reverse("admin:applications_application_changelist")
        return format_html('<a href="{}?job__id__exact={}">{}</a>', address, job.pk, job.received)

    @admin.display(description=_("page"))
    def page(self, job: Job) -> SafeString:
        link = '<a class="bo-link" href="{}">{}</a>'
        if _is_public(job):
            return format_html(link, job.get_absolute_url(), f"/jobs/{job.slug}/")
        address = reverse("admin:applications_job_preview", args=(job.pk,))
        return format_html(link, address, _("Preview"))


def _is_public(job: Job) -> bool:
    """Whether people can open its page now: it is open, or was."""
    return state_of(job, timezone.now()) in (State.OPEN, State.CLOSED)


def _state_text(job: Job, state: State) -> str:
    """The state with the date that matters next, in the office's time zone."""
    if state is State.UPCOMING:
        return _("Opens on %s") % day(job.opens_at)
    if state is State.OPEN and job.closes_at:
        return _("Open until %s") % day(job.closes_at)
    return str(state.label)
