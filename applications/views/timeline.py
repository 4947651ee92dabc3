"""An application's progress in people's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from applications.models import Application
from applications.services.progress import Progress, StepProgress

# Steps take seconds when all is well; a page that waits for longer asks less often.
_SOON = timedelta(minutes=2)
_OFTEN, _SELDOM = "1s", "10s"

_SENTENCES: Mapping[str, Mapping[str, StrOrPromise]] = {
    "render_dossier": {
        "pending": _("Your dossier will be made."),
        "sent": _("Your dossier is next to be made."),
        "started": _("We are making your dossier."),
        "retry": _("Your dossier is not made yet. We are trying again."),
        "success": _("Your dossier is made."),
        "failure": _("Your dossier could not be made. A person here will look into it."),
        "cancelled": _("No dossier was made of your application."),
    },
    "store_dossier": {
        "pending": _("Your documents will be put in safe storage."),
        "sent": _("Your documents are next to be stored."),
        "started": _("We are storing your documents."),
        "retry": _("Our storage does not answer at the moment. We are trying again."),
        "success": _("Your documents are in safe storage."),
        "failure": _("Your documents could not be moved to storage. A person here will do it."),
        "cancelled": _("Your documents were not all moved to storage."),
    },
    "email_hr": {
        "pending": _("Our hiring team will be told."),
        "sent": _("Our hiring team is about to be told."),
        "started": _("We are telling our hiring team."),
        "retry": _("Our hiring team could not be reached yet. We are trying again."),
        "success": _("Our hiring team has your application."),
        "failure": _("The mail to our hiring team failed. A person here will look into it."),
        "cancelled": _("Our hiring team was not mailed your application."),
    },
    "email_applicant": {
        "pending": _("You will get a receipt by e-mail."),
        "sent": _("Your receipt is about to be mailed."),
        "started": _("We are mailing your receipt."),
        "retry": _("Your mailbox could not be reached yet. We are trying again."),
        "success": _("Your receipt is on its way to your mailbox."),
        "failure": _("Your receipt could not be mailed. Check the address on this page."),
        "cancelled": _("No receipt was mailed to you."),
    },
}
_RETRYING = _("We have your application. One step takes longer than usual; we keep trying.")
_HEADLINES: Mapping[str, StrOrPromise] = {
    "active": _("We have your application. What follows happens by itself."),
    "done": _("All done: your application is with our hiring team."),
    "failed": _("Your application is safe with us. You need not send anything again."),
    "cancelled": _("Nothing more happens to this application."),
}


@dataclass(frozen=True)
class Moment:
    """One line of the timeline: where it stands, a sentence, and when (aware) it came so far."""

    state: str
    sentence: StrOrPromise
    at: datetime | None


@dataclass(frozen=True)
class Timeline:
    """From "received" to the letters.

    ``version`` is another one whenever the page would look different; ``pace`` is how often to
    ask, in htmx's words, and empty when there is nothing more to come.
    """

    headline: StrOrPromise
    moments: tuple[Moment, ...]
    version: str
    pace: str

    @property
    def news(self) -> StrOrPromise:
        """What a screen reader says when the page changes."""
        if not self.pace:
            return self.headline
        return next(each.sentence for each in reversed(self.moments) if each.state != "pending")


def timeline(application: Application, progress: Progress, now: datetime) -> Timeline:
    """What the applicant's page shows at ``now`` (aware)."""
    pace = _pace(progress, now - application.submitted_at)
    return Timeline(
        headline=_headline(progress),
        moments=(_received(application), *map(_moment, progress.steps)),
        version=".".join((*_states(progress.steps), progress.status, pace)),
        pace=pace,
    )


def _received(application: Application) -> Moment:
    return Moment("success", _("We have received your application."), application.submitted_at)


def _moment(step: StepProgress) -> Moment:
    at = step.finished_at if step.status in {"success", "failure"} else None
    return Moment(step.status, _SENTENCES[step.name][step.status], at)


def _headline(progress: Progress) -> StrOrPromise:
    if progress.status == "active" and "retry" in _states(progress.steps):
        return _RETRYING
    return _HEADLINES[progress.status]


def _pace(progress: Progress, age: timedelta) -> str:
    if progress.status != "active":
        return ""
    return _OFTEN if age < _SOON else _SELDOM


def _states(steps: Iterable[StepProgress]) -> list[str]:
    return [step.status for step in steps]
