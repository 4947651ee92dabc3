"""Interviews on the page of an application: arrange, change, cancel."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.admin.hiring.interview_forms import CancelForm, InterviewForm
from applications.admin.hiring.moments import office
from applications.admin.hiring.pages import application_of, back, form_page, refusals_told, sent
from applications.admin.staff import person
from applications.models import Application, Interview
from applications.services.hiring import interviews

Admin = ModelAdmin[Application]


def arrange(request: HttpRequest, pk: object, *, model_admin: Admin) -> HttpResponse:
    """Ask when and where, then invite both sides. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    form = InterviewForm(sent(request), initial=_initial(request, application))
    if not form.is_valid():
        return form_page(
            model_admin,
            request,
            application=application,
            form=form,
            title=_("Interview with %s") % application.full_name,
            consequence=_(
                "Both sides get an invitation with a calendar file, and a reminder in time."
            ),
            button=_("Invite"),
        )
    with refusals_told(model_admin, request):
        interviews.arrange(application, form.arrangement, by=person(request), now=timezone.now())
        sentence = _("The interview is arranged, and the invitations are on their way.")
        model_admin.message_user(request, sentence, messages.SUCCESS)
    return back(application)


def change(
    request: HttpRequest, pk: object, interview: object, *, model_admin: Admin
) -> HttpResponse:
    """Ask what is different, then tell both sides. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    found = get_object_or_404(Interview, pk=interview, application=application)
    form = InterviewForm(sent(request), initial=_as_it_is(found))
    if not form.is_valid():
        return form_page(
            model_admin,
            request,
            application=application,
            form=form,
            title=_("Change the interview with %s") % application.full_name,
            consequence=_("Both sides are told, and their calendars are put right."),
            button=_("Change and tell both sides"),
        )
    with refusals_told(model_admin, request):
        is_different = interviews.change(
            found, form.arrangement, by=person(request), now=timezone.now()
        )
        model_admin.message_user(request, _told(is_different=is_different), messages.SUCCESS)
    return back(application)


def cancel(
    request: HttpRequest, pk: object, interview: object, *, model_admin: Admin
) -> HttpResponse:
    """Ask whether it is meant, then tell both sides. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    found = get_object_or_404(Interview, pk=interview, application=application)
    form = CancelForm(sent(request))
    if not form.is_valid():
        return form_page(
            model_admin,
            request,
            application=application,
            form=form,
            title=_("Cancel the interview with %s?") % application.full_name,
            consequence=_("Both sides are told, and it disappears from their calendars."),
            button=_("Cancel the interview"),
        )
    with refusals_told(model_admin, request):
        interviews.cancel(
            found,
            message=form.cleaned_data["message"],
            by=person(request),
            now=timezone.now(),
        )
        model_admin.message_user(
            request, _("The interview is cancelled, and both sides are told."), messages.SUCCESS
        )
    return back(application)


def _told(*, is_different: bool) -> str:
    if is_different:
        return _("The interview is changed, and both sides are told.")
    return _("Nothing is different, so nobody was told anything.")


def _initial(request: HttpRequest, application: Application) -> dict[str, Any]:
    user = person(request)
    return {
        "minutes": 60,
        "time_zone": str(office()),
        "place": application.job.place,
        "people": user.get_full_name(),
        "addresses": user.email or ", ".join(application.job.hr_addresses),
    }


def _as_it_is(interview: Interview) -> dict[str, Any]:
    notice = interview.notice
    start = notice.local_start
    return asdict(interviews.arrangement_of(notice)) | {"day": start.date(), "clock": start.time()}
