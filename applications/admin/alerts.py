"""Job alerts: who is subscribed to which search, and ending one for somebody who asks for it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from applications.admin.times import minute
from applications.models import Alert
from applications.models.alert import AlertQuerySet
from pipelines.admin.paging import LongPaginator


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> Iterable[tuple[str, Any]]:
        return (
            ("in_force", _("In force")),
            ("unconfirmed", _("Not confirmed")),
            ("set_aside", _("Set aside")),
        )

    def queryset(self, _request: HttpRequest, alerts: Any) -> QuerySet[Alert] | None:
        match self.value():
            case "in_force":
                return alerts.in_force()
            case "unconfirmed":
                return alerts.unconfirmed()
            case "set_aside":
                return alerts.set_aside()
        return None


@admin.register(Alert)
class AlertAdmin(ModelAdmin):
    """For looking, and for ending. Nobody is subscribed here: that takes a yes from the mailbox."""

    list_display = ("subscriber", "search_link", "state", "asked", "latest")
    list_filter = (StateFilter,)
    search_fields = ("email", "words")
    search_help_text = _("E-mail or words of the search")
    ordering = ("-asked_at",)
    list_per_page = 50
    paginator = LongPaginator
    show_full_result_count = False
    fields = ("email", "search_link", "asked_at", "confirmed_at", "set_aside_at", "refusals")
    readonly_fields = ("search_link",)
    # Its address is the subscriber's secret.
    view_on_site = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def delete_model(self, _request: HttpRequest, alert: Alert) -> None:
        Alert.objects.filter(pk=alert.pk).end()

    def delete_queryset(self, _request: HttpRequest, alerts: AlertQuerySet) -> None:
        alerts.end()

    @admin.display(description=_("e-mail"), ordering="email")
    def subscriber(self, alert: Alert) -> str:
        return alert.email

    @admin.display(description=_("search"), ordering="words")
    def search_link(self, alert: Alert) -> SafeString:
        """To what the search finds now."""
        words = alert.words or _("all positions")
        return format_html('<a class="bo-link" href="{}">{}</a>', alert.list_path, words)

    @display(
        description=_("state"),
        label={"in force": "success", "not confirmed": "info", "set aside": "warning"},
    )
    def state(self, alert: Alert) -> tuple[str, str | Promise]:
        if alert.set_aside_at:
            return "set aside", _("set aside: its mailbox refuses")
        if alert.confirmed_at:
            return "in force", _("in force")
        return "not confirmed", _("not confirmed")

    @admin.display(description=_("asked for"), ordering="asked_at")
    def asked(self, alert: Alert) -> str:
        return minute(alert.asked_at)

    @admin.display(description=_("latest letter"), ordering="tried_for")
    def latest(self, alert: Alert) -> str | None:
        return minute(alert.tried_for) if alert.tried_for else None
