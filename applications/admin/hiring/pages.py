"""The pages of what is done with one application: who may, what they see, where they go next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from unfold.widgets import INPUT_CLASSES

from applications.models import Application
from applications.services.hiring.interviews import InterviewRefused
from applications.services.hiring.stages import StageRefused

_CLASSES = " ".join(INPUT_CLASSES)


class DateInput(forms.DateInput):
    """The browser's own: a calendar without a script."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": _CLASSES}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": _CLASSES}, format="%H:%M")


def may_handle(request: HttpRequest) -> bool:
    """Whether this person decides about applications."""
    return request.user.has_perm("applications.change_application")


def application_of(request: HttpRequest, pk: object) -> Application:
    """The application, for who decides about it. Raises PermissionDenied and Http404."""
    if not may_handle(request):
        raise PermissionDenied
    return get_object_or_404(Application.objects.select_related("job"), pk=pk)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was filled in; None when the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def back(application: Application) -> HttpResponseRedirect:
    return HttpResponseRedirect(address(application))


def address(application: Application) -> str:
    """Its page in the back office."""
    return reverse("admin:applications_application_change", args=(application.pk,))


@contextmanager
def refusals_told(model_admin: ModelAdmin[Any], request: HttpRequest) -> Iterator[None]:
    """Tell the person why it was refused, where a service refuses what is done within."""
    try:
        yield
    except (InterviewRefused, StageRefused) as refused:
        model_admin.message_user(request, str(refused), messages.ERROR)


def form_page(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    *,
    application: Application,
    form: forms.Form,
    title: str | Promise,
    consequence: str | Promise,
    button: str | Promise,
    drafts: Sequence[Any] = (),
) -> HttpResponse:
    """A form about the application, and what follows when it is sent; 422 if it has errors.

    ``drafts`` are the texts that it can begin with.
    """
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "application": application,
        "page": address(application),
        "form": form,
        "consequence": consequence,
        "button": button,
        "drafts": drafts,
    }
    template = "admin/applications/application/form.html"
    status = 422 if form.errors else 200
    return TemplateResponse(request, template, context, status=status)
