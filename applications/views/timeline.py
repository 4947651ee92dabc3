"""An application's progress in people's words."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from applications.models import Application, Document, Letter
from applications.services.doubt import CARRIERS
from applications.services.progress import Progress, RunProgress
from applications.views.sentences import APPLY_NOW, WITHDRAWAL, Sentences

# Steps take seconds when all is well. A page that waits for longer asks less often: many that wait
# at once would take the machine from those that work for them.
_PACES = (
    (timedelta(seconds=15), "1s"),
    (timedelta(seconds=45), "2s"),
    (timedelta(minutes=2), "5s"),
    (timedelta.max, "10s"),
)
_MOVING = frozenset({"sent", "started", "retry"})

_RETRYING = _("We have your application. One step takes longer than usual; we keep trying.")
_WITHHELD = _(
    "Our virus scanner found something in one of your files. That file goes to nobody, all else "
    "does. Answer your receipt with a clean copy."
)
_UNRECEIPTED = _(
    "No receipt is mailed, because many applications came for your address within a day. "
    "Keep the address of this page."
)
_WITHDRAWN = _("You have withdrawn your application.")
_HEADLINES: dict[str, StrOrPromise] = {
    "active": _("We have your application. What follows happens by itself."),
    "done": _("All done: your application is with our hiring team."),
    "failed": _("Your application is safe with us. You need not send anything again."),
    "cancelled": _("Nothing more happens with your application."),
}


@dataclass(frozen=True)
class Moment:
    """One line of the timeline: where it stands, a sentence, and when (aware) it came so far.

    ``next_try_at`` is when it is tried again at the latest.
    """

    state: str
    sentence: StrOrPromise
    at: datetime | None = None
    next_try_at: datetime | None = None


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


def timeline(
    application: Application, progress: Progress, letters: Collection[Letter], now: datetime
) -> Timeline:
    """What the applicant's page shows at ``now`` (aware), knowing all the application's letters."""
    began = max(application.submitted_at, application.withdrawn_at or application.submitted_at)
    moments = (
        Moment("success", _("We have received your application."), application.submitted_at),
        *_unreceipted(application),
        *_applied(application, progress, letters),
        *_withdrawn(application, progress, letters),
    )
    pace = pace_of(moments, progress.runs, now - began)
    return Timeline(
        headline=_headline(application, progress),
        moments=moments,
        version=version_of(moments, *progress.runs, pace),
        pace=pace,
    )


def _applied(
    application: Application, progress: Progress, letters: Collection[Letter]
) -> Iterator[Moment]:
    """The steps of Apply Now, and after the scan what it found."""
    told = steps_told("apply_now", APPLY_NOW, progress, letters)
    for step, moment in zip(progress.steps, told, strict=True):
        yield moment
        if step.name == "scan_files" and step.finished_at and _is_infected(application):
            yield Moment("failure", _WITHHELD, step.finished_at)


def _is_infected(application: Application) -> bool:
    return application.documents.filter(caution=Document.Caution.INFECTED).exists()


def _unreceipted(application: Application) -> Iterator[Moment]:
    if not application.is_receipted:
        yield Moment("cancelled", _UNRECEIPTED, application.submitted_at)


def _withdrawn(
    application: Application, progress: Progress, letters: Collection[Letter]
) -> Iterator[Moment]:
    if application.withdrawn_at and progress.withdrawal:
        yield Moment("success", _WITHDRAWN, application.withdrawn_at)
        yield from steps_told("withdrawal", WITHDRAWAL, progress.withdrawal, letters)


def steps_told(
    pipeline: str,
    sentences: Sentences,
    progress: Progress | RunProgress,
    letters: Collection[Letter],
) -> Iterator[Moment]:
    """A moment for each step of the run, held ones told apart from failed ones."""
    held = _held(pipeline, letters)
    for step in progress.steps:
        state = "held" if step.status == "failure" and step.name in held else step.status
        at = step.finished_at if step.status in {"success", "failure"} else None
        yield Moment(state, sentences[step.name][state], at, step.next_try_at)


def _held(pipeline: str, letters: Iterable[Letter]) -> set[str]:
    """The steps of that pipeline whose letters are in doubt."""
    doubtful = {letter.kind for letter in letters if letter.is_in_doubt}
    carriers = [carrier for kind, carrier in CARRIERS.items() if kind in doubtful]
    return {each.step for each in carriers if each.pipeline == pipeline}


def _headline(application: Application, progress: Progress) -> StrOrPromise:
    if application.withdrawn_at:
        return _WITHDRAWN
    if progress.status == "active" and any(step.status == "retry" for step in progress.steps):
        return _RETRYING
    return _HEADLINES[progress.status]


def pace_of(moments: Iterable[Moment], runs: Iterable[str], age: timedelta) -> str:
    """How often to ask, ``age`` after it began: never when nothing moves any more.

    ``runs`` are the statuses of the runs; in one that has failed another branch may still move.
    """
    if "active" not in runs and not any(each.state in _MOVING for each in moments):
        return ""
    return next(pace for until, pace in _PACES if age < until)


def version_of(moments: Iterable[Moment], *rest: str) -> str:
    """Another one whenever these moments, or the rest, would look different."""
    states = (_mark(each) for each in moments)
    return ".".join((*states, *rest))


def _mark(moment: Moment) -> str:
    return f"{moment.state}{moment.next_try_at:%H%M%S}" if moment.next_try_at else moment.state
