"""Hiring the applicant, on a page of its own: it asks for what the welcome will say."""

from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminEmailInputWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from applications.admin.hiring.pages import (
    DateInput,
    application_of,
    back,
    form_page,
    refusals_told,
    sent,
)
from applications.admin.staff import person
from applications.models import Application
from applications.services.hiring import employment


class HireForm(forms.Form):
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput())
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("Where to come: the street, and how to find the door."),
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Contact person"), max_length=200, widget=UnfoldAdminTextInputWidget()
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("The contact's e-mail"),
        widget=UnfoldAdminEmailInputWidget(),
        help_text=gettext_lazy("Answers to the welcome go there."),
    )
    good_to_know = forms.CharField(
        label=gettext_lazy("Good to know"),
        max_length=4000,
        required=False,
        widget=UnfoldAdminTextareaWidget({"rows": 5}),
        help_text=gettext_lazy("When to arrive, what to bring. It stands in the letter as it is."),
    )

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < timezone.localdate():
            raise forms.ValidationError(_("The first day lies in the past."))
        return starts_on


def hire(request: HttpRequest, pk: object, *, model_admin: ModelAdmin[Application]) -> HttpResponse:
    """Ask for the terms, then hire. Raises PermissionDenied and Http404."""
    application = application_of(request, pk)
    form = HireForm(sent(request), initial=_initial(request, application))
    if form.is_valid():
        return _hire(request, application, form, model_admin)
    return form_page(
        model_admin,
        request,
        application=application,
        form=form,
        title=_("Hire %s") % application.full_name,
        consequence=_(
            "The application moves to Hired, which is final. The new employee gets a welcome "
            "with a calendar file, and HR is told."
        ),
        button=_("Hire and send the welcome"),
    )


def _initial(request: HttpRequest, application: Application) -> dict[str, str]:
    user = person(request)
    return {
        "place": application.job.place,
        "contact_name": user.get_full_name(),
        "contact_email": user.email,
    }


def _hire(
    request: HttpRequest,
    application: Application,
    form: HireForm,
    model_admin: ModelAdmin[Application],
) -> HttpResponse:
    terms = employment.Terms(**form.cleaned_data)
    with refusals_told(model_admin, request):
        _employee, is_new = employment.hire(
            application, terms, by=person(request), now=timezone.now()
        )
        model_admin.message_user(request, *_told(is_new=is_new))
    return back(application)


def _told(*, is_new: bool) -> tuple[str, int]:
    if is_new:
        return _("Hired. The welcome and the letter to HR are on their way."), messages.SUCCESS
    return _("This person was hired before, and nothing was changed."), messages.WARNING
