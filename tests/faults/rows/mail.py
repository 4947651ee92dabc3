"""The mail server refuses, greylists, knows nobody, and cuts the line after the body."""

from collections.abc import Iterator
from contextlib import contextmanager

from django_celery.local.inbox.faults import Faults
from tests.faults.counting import Fate, Verdict
from tests.faults.system import System
from tests.faults.trial import BACK_WITHIN, Around, Bar, Row, Trial

_LETTERS = ("email_hr", "email_applicant")
# Half of those whose connection is cut have been kept by the server, half have not.
_CUT = Faults(cut_after_storing=0.05, cut_before_storing=0.05)
# A dozen of them show a policy.
_ENOUGH = 0.3


def refuse(trial: Trial) -> None:
    inbox = trial.system.stack.inbox
    with trial.outage(*_LETTERS):
        inbox.fail(Faults(refuse_connections=True))
        trial.last(20)
        inbox.fail(Faults())


def greylist(trial: Trial) -> None:
    inbox = trial.system.stack.inbox
    inbox.fail(Faults(greylist_seconds=2 if trial.short else 10))
    trial.wait_for_share(1)


def know_nobody(trial: Trial) -> None:
    addresses = tuple(person.email for person in trial.crowd.people)
    trial.system.stack.inbox.fail(Faults(unknown_recipients=addresses))
    trial.wait_for_share(1)


def cut(trial: Trial) -> None:
    trial.system.stack.inbox.fail(_CUT)
    trial.wait_until_begun(_LETTERS)
    trial.system.stack.inbox.fail(Faults())


@contextmanager
def _well_again(system: System) -> Iterator[None]:
    try:
        yield
    finally:
        system.stack.inbox.fail(Faults())


def under(policy: str) -> Around:
    """The mail server becomes well again at the end, and doubts are settled in this way."""

    @contextmanager
    def around(system: System) -> Iterator[None]:
        with system.workers_with(EMAIL_DOUBT_POLICY=policy), _well_again(system):
            yield

    return around


def _hr_has_it_and_the_page_says_so(verdict: Verdict) -> Iterator[str]:
    if without := sum(len(fate.letters.hr) != 1 for fate in verdict.fates):
        yield f"{without} times HR has not one letter"
    if wrong := sum(not _is_shown_as_refused(fate) for fate in verdict.fates):
        yield f"{wrong} refusals not shown"
    if arrived := sum(bool(fate.letters.applicant) for fate in verdict.fates):
        yield f"{arrived} letters to nobody"


def _is_shown_as_refused(fate: Fate) -> bool:
    states = {step["name"]: step for step in fate.page["steps"]}
    step = states["email_applicant"]
    is_failed = (fate.page["status"], step["status"]) == ("failed", "failure")
    return is_failed and states["email_hr"]["status"] == "success" and "550" in step["error"]


def sent_again_once(verdict: Verdict) -> Iterator[str]:
    """A second copy has the first one's Message-ID and a note, and there is no third.

    Who was cut off with the second one, too, is shown as left to a person.
    """
    yield from _silently_lost(verdict)
    if too_many := sum(number > 2 for number in verdict.copies.values()):
        yield f"{too_many} letters more than twice"
    if verdict.doubled != sum(number - 1 for number in verdict.copies.values()):
        yield "a second copy with another Message-ID"
    if silent := verdict.copies.keys() - verdict.noted:
        yield f"{len(silent)} second copies without a note"


def held(verdict: Verdict) -> Iterator[str]:
    """None twice; what is not complete is shown as left to a person."""
    if verdict.doubled:
        yield f"{verdict.doubled} letters twice"
    yield from _silently_lost(verdict)


def _silently_lost(verdict: Verdict) -> Iterator[str]:
    silent = [fate for fate in verdict.fates if not fate.is_complete and not _is_held(fate)]
    if silent:
        yield f"{len(silent)} lost"


def _is_held(fate: Fate) -> bool:
    errors = " ".join(step["error"] for step in fate.page["steps"] if step["status"] == "failure")
    return fate.page["status"] == "failed" and "a person must decide" in errors


def _cut_row(policy: str, bar: Bar, bar_text: str) -> Row:
    return Row(
        title=f"SMTP connection cut after the body, 10 %: {policy}",
        textbook="22 / 0; 0 / 76 with autoretry",
        harm=cut,
        around=under(policy),
        bar=bar,
        bar_text=bar_text,
        share=_ENOUGH,
    )


REFUSING = Row(
    title="SMTP refuses for 20 s",
    textbook="183 / 0",
    harm=refuse,
    recovers_within=BACK_WITHIN,
)
GREYLISTING = Row(
    title="greylisting (451 for 10 s)",
    textbook="200 / 0; 8 / 793 with autoretry",
    harm=greylist,
    around=_well_again,
)
UNKNOWN = Row(
    title="SMTP 550 for the applicant",
    textbook="",
    harm=know_nobody,
    around=_well_again,
    bar=_hr_has_it_and_the_page_says_so,
    bar_text="HR's mail goes, the applicant's step is shown as failed",
)
CUT_EVIDENCE = Row(
    title="SMTP connection cut after the body, 10 %: evidence",
    textbook="22 / 0; 0 / 76 with autoretry",
    harm=cut,
    around=_well_again,
)
CUT_RESEND = _cut_row(
    "resend_once", sent_again_once, "a second copy at most, noted; the doubtful shown"
)
CUT_HOLD = _cut_row("hold", held, "0 twice, the doubtful shown")
ROWS = (REFUSING, GREYLISTING, UNKNOWN, CUT_EVIDENCE, CUT_RESEND, CUT_HOLD)
