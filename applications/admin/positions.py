"""Positions: written here together with the questions they ask."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline
from unfold.widgets import UnfoldAdminTextareaWidget

from applications.admin.position_state import State, StateFilter, state_of
from applications.models import Job, Question

_MINIMUM_OPTIONS = 2


class PositionForm(forms.ModelForm[Job]):
    class Meta:
        model = Job
        # Which fields there are, and in which order, say the admin's fieldsets.
        fields = ()
        widgets: ClassVar = {
            "summary": UnfoldAdminTextareaWidget({"rows": 2}),
            "description": UnfoldAdminTextareaWidget({"rows": 24}),
        }


class QuestionForm(forms.ModelForm[Question]):
    class Meta:
        model = Question
        fields = ("kind", "label", "help_text", "options", "is_required", "position")
        widgets: ClassVar = {"options": UnfoldAdminTextareaWidget({"rows": 4})}

    def clean_options(self) -> str:
        """One option a line, each different from the others; two or more where one is chosen."""
        options = Question(options=self.cleaned_data["options"]).choices
        if len(set(options)) < len(options):
            raise forms.ValidationError(_("Name each option only once."))
        if self._is_choice and len(options) < _MINIMUM_OPTIONS:
            raise forms.ValidationError(_("A choice needs at least two options, one a line."))
        return "\n".join(options)

    @property
    def _is_choice(self) -> bool:
        # ``kind`` stands before ``options`` in Meta.fields, so it is clean by then.
        return self.cleaned_data.get("kind") == Question.Kind.CHOICE


class QuestionInline(StackedInline):
    model = Question
    form = QuestionForm
    extra = 0
    ordering_field = "position"
    hide_ordering_field = True
    collapsible = True


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
                    ("department", "place"),
                    ("employment", "workplace"),
                )
            },
        ),
        (_("What people read"), {"fields": ("summary", "description")}),
        (_("When and to whom"), {"fields": ("is_published", "opens_at", "closes_at", "hr_email")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        jobs: QuerySet[Job] = super().get_queryset(request)
        return jobs.annotate(received=Count("applications"))

    def view_on_site(self, job: Job) -> str:
        """The public page itself; Django's own detour would ask for a site's domain."""
        return job.get_absolute_url()

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
        return format_html(
            '<a class="bo-link" href="{}">/jobs/{}/</a>', job.get_absolute_url(), job.slug
        )


def _state_text(job: Job, state: State) -> str:
    """The state with the date that matters next, in the office's time zone."""
    if state is State.UPCOMING:
        return _("Opens on %s") % _day(job.opens_at)
    if state is State.OPEN and job.closes_at:
        return _("Open until %s") % _day(job.closes_at)
    return str(state.label)


def _day(moment: datetime) -> str:
    return date_format(timezone.localdate(moment), "j M")
