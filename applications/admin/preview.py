"""A position as applicants will see it, before they can."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from applications.forms import ApplyForm
from applications.models import ConsentText, Job


def preview(request: HttpRequest, model_admin: ModelAdmin[Job], pk: int) -> HttpResponse:
    """The position's page and its questions, for staff who may view positions.

    Raises PermissionDenied and Http404.
    """
    job = get_object_or_404(Job, pk=pk)
    if not model_admin.has_view_permission(request, job):
        raise PermissionDenied
    form = ApplyForm(questions=job.questions.all(), consent=ConsentText(), kept={})
    context = {"job": job, "form": form, "kept": {}, "now": timezone.now()}
    return render(request, "admin/applications/job/preview.html", context)
