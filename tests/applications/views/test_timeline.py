from datetime import UTC, datetime, timedelta

import pytest

from applications.models import Application, Letter
from applications.pipeline import apply_now, withdrawal
from applications.services.progress import Progress, RunProgress, StepProgress
from applications.views.sentences import APPLY_NOW, WITHDRAWAL
from applications.views.timeline import timeline
from pipelines.models import StepRun

NAMES = ("render_dossier", "store_dossier", "email_hr", "email_applicant")
WAITING = ("sent", "pending", "pending", "pending")


@pytest.fixture
def steps(now):
    """The steps of these names in these states; one that waits is due in a minute."""

    def make(names, states):
        return tuple(
            StepProgress(
                name=name,
                status=state,
                attempts=1,
                queued_at=now,
                started_at=now + timedelta(seconds=1),
                finished_at=now + timedelta(seconds=2) if state in {"success", "failure"} else None,
                next_try_at=now + timedelta(minutes=1) if state == "retry" else None,
                error="SMTPServerDisconnected",
            )
            for name, state in zip(names, states, strict=True)
        )

    return make


@pytest.fixture
def shown(now, steps):
    """The timeline, some seconds after it was submitted, of steps with these states."""

    def show(*states, status="active", age=timedelta(seconds=9), letters=(), **values):
        progress = Progress(reference="7K3M-9QXA", status=status, steps=steps(NAMES, states))
        return timeline(Application(submitted_at=now, **values), progress, letters, now + age)

    return show


@pytest.fixture
def shown_withdrawn(now, steps):
    """The same of an application that was withdrawn an hour later."""

    def show(*states, after, age=timedelta(seconds=9)):
        then = now + timedelta(hours=1)
        run = RunProgress(
            status="done" if set(after) == {"success"} else "active",
            steps=steps(["email_hr", "email_applicant"], after),
        )
        progress = Progress(
            reference="7K3M-9QXA",
            status="cancelled",
            steps=steps(NAMES, states),
            withdrawn_at=then,
            withdrawal=run,
        )
        stage = Application.Stage.WITHDRAWN
        application = Application(submitted_at=now, stage=stage, moved_at=then)
        return timeline(application, progress, (), then + age)

    return show


@pytest.mark.parametrize(
    ("pipeline", "sentences"), [(apply_now, APPLY_NOW), (withdrawal, WITHDRAWAL)]
)
def test_every_step_has_a_sentence_for_every_state(pipeline, sentences):
    assert list(sentences) == [step.name for step in pipeline.steps]
    for name, words in sentences.items():
        held = ["held"] if name.startswith("email_") else []
        assert list(words) == [*StepRun.Status.values, *held]
        assert all(sentence.endswith(".") for sentence in map(str, words.values()))


def test_it_begins_with_the_receipt_and_follows_the_steps(shown, now):
    moments = shown("success", "started", "pending", "pending").moments
    assert [(moment.state, str(moment.sentence), moment.at) for moment in moments] == [
        ("success", "We have received your application.", now),
        ("success", "Your dossier is made.", now + timedelta(seconds=2)),
        ("started", "We are storing your documents.", None),
        ("pending", "Our hiring team will be told.", None),
        ("pending", "You will get a receipt by e-mail.", None),
    ]


def test_a_retry_is_told_with_its_time_and_without_the_error(shown, now):
    view = shown("success", "success", "success", "retry")
    assert view.headline == (
        "We have your application. One step takes longer than usual; we keep trying."
    )
    assert view.moments[-1].sentence == (
        "Your mailbox could not be reached yet. We are trying again."
    )
    assert view.moments[-1].next_try_at == now + timedelta(minutes=1)
    assert "SMTP" not in repr(view)


def test_the_end_is_told_and_nobody_asks_any_more(shown):
    view = shown(*["success"] * 4, status="done")
    assert view.headline == "All done: your application is with our hiring team."
    assert view.pace == ""


def test_a_failure_asks_nothing_of_the_applicant(shown):
    view = shown("failure", "pending", "pending", "pending", status="failed")
    assert view.headline == "Your application is safe with us. You need not send anything again."
    assert view.pace == ""


def test_the_page_asks_every_second_then_less_often(shown):
    assert shown(*WAITING).pace == "1s"
    waited = (timedelta(seconds=seconds) for seconds in (15, 44, 45, 119, 120, 86_400))
    paces = [shown(*WAITING, age=age).pace for age in waited]
    assert paces == ["2s", "2s", "5s", "5s", "10s", "10s"]


def test_the_version_changes_with_what_is_seen(shown):
    versions = {
        shown(*WAITING).version,
        shown(*WAITING, age=timedelta(hours=1)).version,
        shown("started", *WAITING[1:]).version,
        shown("success", *WAITING[1:], status="failed").version,
    }
    assert len(versions) == 4
    assert shown(*WAITING).version == shown(*WAITING, age=timedelta(seconds=10)).version


def test_the_news_is_the_latest_thing_that_happens(shown):
    assert shown("pending", *["pending"] * 3).news == "We have received your application."
    assert shown("success", "started", "pending", "pending").news == (
        "We are storing your documents."
    )
    assert shown(*["success"] * 4, status="done").news.startswith("All done")


def test_that_no_receipt_comes_is_no_news_for_ever(shown):
    view = shown("success", "started", "pending", "pending", is_receipted=False)
    assert view.news == "We are storing your documents."


def test_a_letter_in_doubt_is_told_as_what_it_is(shown):
    letter = Letter(kind=Letter.Kind.NEW_APPLICATION, intent_at=datetime(2026, 3, 2, tzinfo=UTC))
    states = ("success", "success", "failure", "failure")
    moments = shown(*states, status="failed", letters=[letter]).moments
    assert [str(moment.sentence) for moment in moments[-2:]] == [
        (
            "We do not know whether the e-mail to our hiring team got through. "
            "A person here will find out."
        ),
        "Your receipt could not be mailed. Check the address on this page.",
    ]


def test_a_failed_run_is_watched_while_its_other_branch_moves(shown):
    assert shown("success", "success", "failure", "started", status="failed").pace == "1s"
    assert shown("success", "success", "failure", "success", status="failed").pace == ""


def test_a_withdrawal_follows_what_was_done_and_what_was_not(shown_withdrawn):
    states = ("success", "cancelled", "cancelled", "cancelled")
    view = shown_withdrawn(*states, after=("success", "started"))
    assert view.headline == "You have withdrawn your application."
    assert [(moment.state, str(moment.sentence)) for moment in view.moments[1:]] == [
        ("success", "Your dossier is made."),
        ("cancelled", "Your documents were not all moved to storage."),
        ("cancelled", "Our hiring team was not mailed your application."),
        ("cancelled", "No receipt was mailed to you."),
        ("success", "You have withdrawn your application."),
        ("success", "Our hiring team has been mailed that you have withdrawn."),
        ("started", "We are mailing your confirmation."),
    ]
    assert view.pace == "1s"
    assert view.news == "We are mailing your confirmation."


def test_a_withdrawal_that_is_told_is_watched_no_more(shown_withdrawn):
    assert shown_withdrawn(*["success"] * 4, after=("success", "success")).pace == ""
