"""Reports: what the clock made, each with a link that is signed on the click."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from applications import storage
from applications.admin.staff import record
from applications.admin.times import minute
from applications.models import Report
from pipelines.admin.looking import ForLooking
from pipelines.admin.paging import LongPaginator

# Long enough for a slow browser to follow a redirect, too short to be passed on.
_SIGNED_FOR = timedelta(minutes=2)


@admin.register(Report)
class ReportAdmin(ForLooking):
    """For looking and downloading. Reports are made by schedules alone."""

    list_display = ("kind", "period", "row_count", "format", "bytes", "made", "file")
    list_display_links = None
    list_filter = ("kind", "until")
    ordering = ("-until", "-pk")
    list_per_page = 50
    paginator = LongPaginator
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.open_report))
        own = path("<int:pk>/open/", view, name="applications_report_open")
        return [own, *super().get_urls()]

    def open_report(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A redirect to a link that dies in minutes, for staff who may view reports.

        Each opening is in the history. Back to the list if the store's keys are missing.
        Raises PermissionDenied and Http404.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = get_object_or_404(Report, pk=pk)
        try:
            link = storage.link(report.key, filename=report.filename, expires=_SIGNED_FOR)
        except storage.StorageUnavailable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:applications_report_changelist"))
        record(request, report, name=report.filename, message="Opened.")
        return HttpResponseRedirect(link)

    # --- the list ---------------------------------------------------------------------------

    @admin.display(description=_("period"), ordering="until")
    def period(self, report: Report) -> str:
        until = minute(report.until)
        return f"{minute(report.since)} – {until}" if report.since else f"– {until}"  # noqa: RUF001 - en dashes

    @admin.display(description=_("size"), ordering="size")
    def bytes(self, report: Report) -> str:
        return filesizeformat(report.size)

    @admin.display(description=_("type"))
    def format(self, report: Report) -> str:
        return report.format

    @admin.display(description=_("made"), ordering="made_at")
    def made(self, report: Report) -> str:
        return minute(report.made_at)

    @admin.display(description=_("file"))
    def file(self, report: Report) -> SafeString:
        return format_html(
            '<a class="bo-link" href="{}">{}</a>',
            reverse("admin:applications_report_open", args=(report.pk,)),
            report.filename,
        )
