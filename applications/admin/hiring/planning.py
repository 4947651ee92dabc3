"""Letters and moves for a time, on the page of an application: planned, and cancelled."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.admin.hiring.pages import application_of, back, form_page, refusals_told, sent
from applications.admin.hiring.planning_forms import LetterForm, MoveForm
from applications.admin.hiring.texts import chosen, drafts
from applications.admin.staff import person
from applications.models import Application, PlannedLetter, PlannedMove
from applications.services.hiring import planning

Admin = ModelAdmin[Application]

_MODELS: dict[str, type[Any]] = {
    "letter": PlannedLetter,
    "move": PlannedMove,
}


def plan_letter(request: HttpRequest, pk: object, *, model_admin: Admin) -> HttpResponse:
    """Ask what to write and when, then plan it. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    form = LetterForm(sent(request), initial=chosen(request, application))
    if not form.is_valid():
        return form_page(
            model_admin,
            request,
            application=application,
            form=form,
            title=_("Letter to %s") % application.full_name,
            consequence=_("It goes out once, at its time; until then it can be cancelled."),
            button=_("Plan the letter"),
            drafts=drafts(request),
        )
    with refusals_told(model_admin, request):
        planning.plan_letter(
            application,
            due_at=form.cleaned_data["due_at"],
            subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"],
            by=person(request),
            now=timezone.now(),
        )
        model_admin.message_user(request, _("The letter is planned."), messages.SUCCESS)
    return back(application)


def plan_move(request: HttpRequest, pk: object, *, model_admin: Admin) -> HttpResponse:
    """Ask where to and when, then plan it. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    form = MoveForm(sent(request), application=application)
    if not form.is_valid():
        return form_page(
            model_admin,
            request,
            application=application,
            form=form,
            title=_("Move %s later") % application.full_name,
            consequence=_("It is moved once, at its time; until then it can be cancelled."),
            button=_("Plan the move"),
        )
    with refusals_told(model_admin, request):
        planning.plan_move(
            application,
            due_at=form.cleaned_data["due_at"],
            stage=Application.Stage(form.cleaned_data["stage"]),
            by=person(request),
            now=timezone.now(),
        )
        model_admin.message_user(request, _("The move is planned."), messages.SUCCESS)
    return back(application)


def cancel(
    request: HttpRequest, pk: object, kind: str, planned: object, *, model_admin: Admin
) -> HttpResponse:
    """Cancel what has not begun. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    if kind not in _MODELS:
        raise Http404
    found = get_object_or_404(_MODELS[kind], pk=planned, application=application)
    if planning.cancel(found, now=timezone.now()):
        model_admin.message_user(request, _("It is cancelled."), messages.SUCCESS)
    else:
        sentence = _("It had begun already, or was cancelled before: nothing was changed.")
        model_admin.message_user(request, sentence, messages.WARNING)
    return back(application)
