"""How the back office looks, and what stands in its sidebar.

https://unfoldadmin.com/docs/configuration/settings/
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def _stylesheet(name: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(f"applications/{name}.css")


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    """Whether the person has this permission: what they may not open is not in their sidebar."""

    def permitted(request: HttpRequest) -> bool:
        return request.user.has_perm(permission)

    return permitted


def _item(title: str | Promise, icon: str, model: str) -> dict[str, Any]:
    """A link to the list of ``model`` (``app_model``), for those who may see it."""
    app, _underscore, name = model.rpartition("_")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{model}_changelist"),
        "permission": _may(f"{app}.view_{name}"),
    }


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "applications.admin.brand.company",
    "SITE_HEADER": "applications.admin.brand.company",
    "SITE_SUBHEADER": _("Back office"),
    "SITE_SYMBOL": "inventory_2",
    "SITE_URL": "/",
    "STYLES": [_stylesheet("back-office"), _stylesheet("hiring")],
    "BORDER_RADIUS": "10px",
    "COLORS": {
        # The tokens of the public pages (mist, line, ink) with the steps between them.
        "base": {
            "50": "#f4f5f1",
            "100": "#eceee8",
            "200": "#d9ddd3",
            "300": "#c3c9bd",
            "400": "#96a29b",
            "500": "#6a7770",
            "600": "#55625c",
            "700": "#3f4a45",
            "800": "#313a36",
            "900": "#131816",
            "950": "#0c100e",
        },
        # Accent, its strong and its soft one; in the dark the lighter ones speak.
        "primary": {
            "50": "#f1f7f4",
            "100": "#e2efe9",
            "200": "#c5dfd4",
            "300": "#9dd3c1",
            "400": "#83cdb7",
            "500": "#6cc7ae",
            "600": "#0b5d4e",
            "700": "#084438",
            "800": "#06352c",
            "900": "#052b24",
            "950": "#031c17",
        },
        "font": {
            "subtle-light": "#5f6b65",
            "subtle-dark": "#96a29b",
            "default-light": "#55625c",
            "default-dark": "#c3c9bd",
            "important-light": "#16211d",
            "important-dark": "#e8ece6",
        },
    },
    "DASHBOARD_CALLBACK": "applications.admin.dashboard.dashboard",
    "SIDEBAR": {
        "navigation": [
            {
                "title": _("Hiring"),
                "items": [
                    {
                        "title": _("Overview"),
                        "icon": "space_dashboard",
                        "link": reverse_lazy("admin:index"),
                    },
                    _item(_("Applications"), "inbox", "applications_application"),
                    _item(_("Employees"), "badge", "applications_employee"),
                    _item(_("Reports"), "lab_profile", "applications_report"),
                    _item(_("Job alerts"), "notifications", "applications_alert"),
                    _item(_("Erasures"), "delete_forever", "applications_erasure"),
                    _item(_("Positions"), "work", "applications_job"),
                    _item(_("Consent texts"), "handshake", "applications_consenttext"),
                    _item(_("Brand"), "palette", "applications_brand"),
                ],
            },
            {
                "title": _("Operation"),
                "separator": True,
                "items": [
                    _item(_("Runs"), "conversion_path", "pipelines_run"),
                    _item(_("Letters"), "mail", "applications_letter"),
                    _item(_("Schedules"), "schedule", "schedules_entry"),
                ],
            },
            {
                "title": _("People"),
                "separator": True,
                "items": [
                    _item(_("Users"), "person", "auth_user"),
                    _item(_("Groups"), "group", "auth_group"),
                ],
            },
        ],
    },
}
