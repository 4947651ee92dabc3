"""When a schedule is due, as a person writes it."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from pipelines.admin.zones import time_zones
from pipelines.schedules import beat, cron
from pipelines.schedules.models import Entry


class ScheduleForm(forms.ModelForm[Entry]):
    """The cron line, its time zone, and whether it is on. Refuses a line that never falls due."""

    line = forms.CharField(
        label=_("Cron line"),
        max_length=200,
        widget=UnfoldAdminTextInputWidget(attrs={"spellcheck": "false", "dir": "ltr"}),
        help_text=_(
            "Minute, hour, day of the month, month, day of the week, such as “0 8 * * mon-fri”: "
            "at 8:00 on working days. “*/5 * * * *” is every five minutes."
        ),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        widget=UnfoldAdminSelectWidget,
        help_text=_("The line is read on the clocks of this place, in summer and in winter."),
    )

    class Meta:
        model = Entry
        fields = ("enabled",)
        labels = {"enabled": _("Switched on")}
        help_texts = {"enabled": _("While it is off nothing is begun, and nothing is caught up.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line = beat.parse_row(self.instance.crontab) if self.instance.crontab else None
        if line is not None:
            self.initial.update(line=line.text, zone=str(line.zone))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"line", "zone"} <= values.keys():
            try:
                values["parsed"] = cron.parse(values["line"], ZoneInfo(values["zone"]))
            except cron.BadLine as error:
                self.add_error("line", str(error))
        return values

    def save(self, commit: bool = True) -> Entry:  # noqa: FBT001, FBT002 (Django's signature)
        self.instance.crontab = beat.row_for(self.cleaned_data["parsed"])
        return super().save(commit)
