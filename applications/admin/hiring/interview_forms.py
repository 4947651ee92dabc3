"""What is asked about an interview."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
)

from applications.admin.hiring.moments import moment
from applications.admin.hiring.pages import DateInput, TimeInput
from applications.models.job import validate_addresses
from applications.services.hiring.interviews import Arrangement
from pipelines.admin.zones import time_zones


class CancelForm(forms.Form):
    message = forms.CharField(
        label=gettext_lazy("Message to the applicant"),
        max_length=4000,
        required=False,
        widget=UnfoldAdminTextareaWidget({"rows": 5}),
    )


class InterviewForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    clock = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput())
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=time_zones, widget=UnfoldAdminSelectWidget()
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=5,
        max_value=24 * 60,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget(),
    )
    link = forms.URLField(
        label=gettext_lazy("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget(),
        help_text=gettext_lazy("For an interview by video."),
    )
    people = forms.CharField(
        label=gettext_lazy("With"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("Whom the applicant will meet, as the applicant reads it."),
    )
    addresses = forms.CharField(
        label=gettext_lazy("Our people's e-mail"),
        max_length=500,
        validators=[validate_addresses],
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("Who of us is invited, separated by commas."),
    )
    message = forms.CharField(
        label=gettext_lazy("Message to the applicant"),
        max_length=4000,
        required=False,
        widget=UnfoldAdminTextareaWidget({"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("place") and not cleaned.get("link") and "link" in cleaned:
            self.add_error("place", _("Name a place, a link or both."))
        if {"day", "clock", "time_zone"} <= cleaned.keys():
            self._find_start(cleaned)
        return cleaned

    def _find_start(self, cleaned: dict[str, Any]) -> None:
        try:
            starts_at = moment(cleaned["day"], cleaned["clock"], ZoneInfo(cleaned["time_zone"]))
        except forms.ValidationError as error:
            self.add_error("clock", error)
            return
        if starts_at <= timezone.now():
            self.add_error("day", _("This lies in the past."))
        cleaned["starts_at"] = starts_at

    @property
    def arrangement(self) -> Arrangement:
        """What was filled in, of a valid form."""
        return Arrangement(**{name: self.cleaned_data[name] for name in Arrangement.__slots__})
