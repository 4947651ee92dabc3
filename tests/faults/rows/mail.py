"""The mail server refuses, greylists, knows nobody, hangs, and cuts the line after the body."""

from dataclasses import replace

from django_celery.local.inbox.faults import Faults
from tests.faults.bars import (
    MET_OUTAGE,
    NONE_TWICE,
    RESUMED,
    SENT_AGAIN_ONCE,
    SHOWN,
    SOME_HELD,
    Felt,
)
from tests.faults.counting import Fate
from tests.faults.instants import MAIL
from tests.faults.outcome import Ending
from tests.faults.row import Around, Row
from tests.faults.trial import Trial
from tests.faults.waiting import wait_for

# Half of those whose connection is cut have been kept by the server, half have not.
_CUT = Faults(cut_after_storing=0.05, cut_before_storing=0.05)


def refuse(trial: Trial) -> None:
    with trial.outage(*MAIL), trial.system.mail(Faults(refuse_connections=True)):
        trial.last(20)


def greylist(trial: Trial) -> None:
    with trial.system.mail(Faults(greylist_seconds=2 if trial.short else 10)):
        trial.wait_until_over()


def know_nobody(trial: Trial) -> None:
    addresses = tuple(person.email for person in trial.crowd.people)
    with trial.system.mail(Faults(unknown_recipients=addresses)):
        trial.wait_until_over()


def cut(trial: Trial) -> None:
    with trial.system.mail(_CUT):
        trial.wait_until_tried(MAIL)


def hang(trial: Trial) -> None:
    """Until as many letters hang as the worker has threads, or as there are people."""
    inbox = trial.system.stack.inbox
    before = inbox.tally()
    wanted = min(16, len(trial.crowd.people))
    with trial.system.mail(Faults(hang_after_body=True)):
        wait_for(lambda: inbox.tally().since(before).left_hanging >= wanted, "hanging: letters")


def under(policy: str) -> Around:
    """Doubts are settled in this way."""
    return lambda system: system.workers_with(EMAIL_DOUBT_POLICY=policy)


def _is_refused(fate: Fate) -> bool:
    """HR has one letter, the applicant none, and the page says so."""
    shown = [(step["name"], step["status"], "550" in step["error"]) for step in fate.unfinished]
    arrived = len(fate.letters.hr), len(fate.letters.applicant)
    is_shown = fate.page["status"] == "failed" and shown == [("email_applicant", "failure", True)]
    return is_shown and arrived == (1, 0) and fate.is_stored


REFUSING = Row(
    title="SMTP refuses for 20 s",
    textbook="183 / 0",
    harm=refuse,
    felt=MET_OUTAGE,
    recovery=RESUMED,
)
GREYLISTING = Row(
    title="greylisting (451 for 10 s)",
    textbook="200 / 0; 8 / 793 with autoretry",
    harm=greylist,
    felt=Felt("letters postponed", lambda outcome: outcome.mail.postponed),
    share=0.5,
)
UNKNOWN = Row(
    title="SMTP 550 for the applicant",
    harm=know_nobody,
    felt=Felt("letters refused", lambda outcome: outcome.mail.refused),
    ending=Ending("HR's letter arrived, the applicant's step is shown as failed", _is_refused),
    share=0.3,
)
CUT_EVIDENCE = Row(
    title="SMTP connection cut after the body, 10 %: evidence",
    textbook="22 / 0; 0 / 76 with autoretry",
    harm=cut,
    felt=Felt("connections cut", lambda outcome: outcome.mail.cut),
)
CUT_RESEND = replace(
    CUT_EVIDENCE,
    title="SMTP connection cut after the body, 10 %: resend_once",
    around=under("resend_once"),
    ending=SHOWN,
    bars=(SENT_AGAIN_ONCE,),
    share=0.4,
)
CUT_HOLD = replace(
    CUT_EVIDENCE,
    title="SMTP connection cut after the body, 10 %: hold",
    around=under("hold"),
    ending=SHOWN,
    bars=(NONE_TWICE, SOME_HELD),
    share=0.3,
)
HANGING = Row(
    title="SMTP hangs after the body: evidence",
    harm=hang,
    felt=Felt("letters left hanging", lambda outcome: outcome.mail.left_hanging),
    share=0.15,
)
ROWS = (REFUSING, GREYLISTING, UNKNOWN, CUT_EVIDENCE, CUT_RESEND, CUT_HOLD, HANGING)
