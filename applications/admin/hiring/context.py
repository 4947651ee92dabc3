"""What the page of an application shows of its hiring."""

from typing import Any

from django.http import HttpRequest

from applications.admin.hiring.pages import may_handle
from applications.models import Application, Employee
from applications.services.hiring import stages


def hiring(request: HttpRequest, application: Application) -> dict[str, Any]:
    """For the page's template: the stage, its history, and what may be done."""
    is_final = application.stage in stages.FINAL
    return {
        "may_handle": may_handle(request) and not is_final,
        "offered": [stage for stage in stages.OFFERED if stage != application.stage],
        "stage_changes": application.stage_changes.select_related("by"),
        "employee": Employee.objects.filter(application=application).first(),
    }
