"""Erasures: what applicants have asked for, and what went."""

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from applications.admin.times import minute
from applications.models import Erasure
from pipelines.admin.looking import ForLooking


@admin.register(Erasure)
class ErasureAdmin(ForLooking):
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
