"""Erasures: what applicants have asked for, and what went."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from applications.admin.times import minute
from applications.models import Erasure


@admin.register(Erasure)
class ErasureAdmin(ModelAdmin):
    """For looking: dates and numbers, which name nobody."""

    list_display = (
        "asked",
        "job",
        "state",
        "records_gone",
        "object_count",
        "version_count",
        "done",
    )
    list_display_links = None
    list_select_related = ("job",)
    list_filter = (("finished_at", admin.EmptyFieldListFilter), "job")
    list_per_page = 50

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    @admin.display(description=_("requested"), ordering="requested_at")
    def asked(self, erasure: Erasure) -> str:
        return minute(erasure.requested_at)

    @display(description=_("state"), label={"finished": "success", "under way": "info"})
    def state(self, erasure: Erasure) -> tuple[str, str | Promise]:
        if erasure.finished_at:
            return "finished", _("finished")
        return "under way", _("under way")

    @admin.display(description=_("records"))
    def records_gone(self, erasure: Erasure) -> int:
        return erasure.record_count

    @admin.display(description=_("finished"), ordering="finished_at")
    def done(self, erasure: Erasure) -> str | None:
        return minute(erasure.finished_at) if erasure.finished_at else None
