"""What is asked about a letter or a move that is planned for a time."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from applications.admin.hiring.moments import moment, office
from applications.admin.hiring.pages import DateInput, TimeInput
from applications.models import Application
from applications.services.hiring import stages


class PlanForm(forms.Form):
    """``cleaned_data["due_at"]`` is aware; without a day it is now."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Empty: within a minute."),
    )
    clock = forms.TimeField(label=gettext_lazy("Time"), required=False, widget=TimeInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clock"].help_text = _("On the office's clocks: %s.") % office()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, clock = cleaned.get("day"), cleaned.get("clock")
        if day and clock:
            self._find_moment(cleaned)
        elif day or clock:
            self.add_error("clock" if day else "day", _("Name both the day and the time."))
        else:
            cleaned["due_at"] = timezone.now()
        return cleaned

    def _find_moment(self, cleaned: dict[str, Any]) -> None:
        try:
            due_at: datetime = moment(cleaned["day"], cleaned["clock"], office())
        except forms.ValidationError as error:
            self.add_error("clock", error)
            return
        if due_at <= timezone.now():
            self.add_error("day", _("This lies in the past."))
        cleaned["due_at"] = due_at


class LetterForm(PlanForm):
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=150, widget=UnfoldAdminTextInputWidget()
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=10_000,
        widget=UnfoldAdminTextareaWidget({"rows": 14}),
        help_text=gettext_lazy("An empty line begins a paragraph."),
    )

    field_order = ("subject", "body", "day", "clock")


class MoveForm(PlanForm):
    field_order = ("stage", "day", "clock")

    def __init__(self, *args: Any, application: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [stage for stage in stages.OFFERED if stage != application.stage]
        self.fields["stage"] = forms.ChoiceField(
            label=_("Move to"),
            choices=[(stage.value, stage.label) for stage in offered],
            widget=UnfoldAdminSelectWidget(),
        )
        self.order_fields(self.field_order)
