"""Employees: who was hired, from when, and whether the welcome has gone out."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from applications.admin.progress import RUN_WORDS
from applications.models import Employee
from applications.pipeline import welcome
from pipelines.admin.looking import ForLooking
from pipelines.models import Run


@admin.register(Employee)
class EmployeeAdmin(ForLooking):
    """For reading. An employee is made by hiring an applicant, on the application's page."""

    list_display = ("full_name", "job", "starts_on", "place")
    list_filter = ("job", "starts_on")
    list_select_related = ("job",)
    search_fields = ("full_name", "email", "application__reference")
    search_help_text = _("Name, e-mail or reference")
    fieldsets = (
        (None, {"fields": ("full_name", "email", "job", "application_page")}),
        (
            _("The first day"),
            {"fields": ("starts_on", "place", "contact_name", "contact_email", "good_to_know")},
        ),
        (_("Hired"), {"fields": ("hired_at", "hired_by", "welcome_run")}),
    )
    readonly_fields = ("application_page", "welcome_run")

    @admin.display(description=_("application"))
    def application_page(self, employee: Employee) -> SafeString | None:
        if employee.application is None:
            return None
        address = reverse("admin:applications_application_change", args=(employee.application.pk,))
        return _link(address, employee.application.reference)

    @admin.display(description=_("welcome"))
    def welcome_run(self, employee: Employee) -> SafeString | None:
        run = Run.objects.filter(pipeline=welcome.name, subject_id=str(employee.pk)).first()
        if run is None:
            return None
        return _link(reverse("admin:pipelines_run_change", args=(run.pk,)), RUN_WORDS[run.status])


def _link(address: str, text: object) -> SafeString:
    return format_html('<a class="bo-link" href="{}">{}</a>', address, text)
