"""The back office's own pages."""

from django.urls import reverse

from applications.models import Application, Job
from pipelines.models import Run
from tests.states import wishes


def pages() -> dict[str, str]:
    """Their addresses by their names; of applications and runs there must be one.

    A job alert is made for its page.
    """
    position = Job.objects.get(slug="backend-engineer").pk
    return {
        "overview": reverse("admin:index"),
        "positions": reverse("admin:applications_job_changelist"),
        "position": reverse("admin:applications_job_change", args=(position,)),
        "preview": reverse("admin:applications_job_preview", args=(position,)),
        "applications": reverse("admin:applications_application_changelist"),
        "application": reverse("admin:applications_application_change", args=(_last(Application),)),
        "letters": reverse("admin:applications_letter_changelist"),
        "alert": reverse("admin:applications_alert_change", args=(wishes.alert().pk,)),
        "alerts": reverse("admin:applications_alert_changelist"),
        "runs": reverse("admin:pipelines_run_changelist"),
        "run": reverse("admin:pipelines_run_change", args=(_last(Run),)),
        "brand": reverse("admin:applications_brand_add"),
    }


def _last(model: type[Application | Run]) -> object:
    return model._default_manager.values_list("pk", flat=True).last()
