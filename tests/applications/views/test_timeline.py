from datetime import timedelta

import pytest

from applications.models import Application
from applications.pipeline import apply_now
from applications.services.progress import Progress, StepProgress
from applications.views.timeline import _SENTENCES, timeline
from pipelines.models import StepRun

NAMES = ("render_dossier", "store_dossier", "email_hr", "email_applicant")


@pytest.fixture
def shown(now):
    """The timeline, some seconds after it was submitted, of steps with these states."""

    def show(*states, status="active", age=timedelta(seconds=9)):
        steps = tuple(
            StepProgress(
                name=name,
                status=state,
                attempts=1,
                queued_at=now,
                started_at=now + timedelta(seconds=1),
                finished_at=now + timedelta(seconds=2) if state in {"success", "failure"} else None,
                error="SMTPServerDisconnected",
            )
            for name, state in zip(NAMES, states, strict=True)
        )
        progress = Progress(reference="7K3M-9QXA", status=status, steps=steps)
        return timeline(Application(submitted_at=now), progress, now + age)

    return show


def test_every_step_has_a_sentence_for_every_state():
    names = [step.name for stage in apply_now.stages for step in stage]
    assert list(_SENTENCES) == names
    for sentences in _SENTENCES.values():
        assert list(sentences) == list(StepRun.Status.values)
        assert all(sentence.endswith(".") for sentence in map(str, sentences.values()))


def test_it_begins_with_the_receipt_and_follows_the_steps(shown, now):
    moments = shown("success", "started", "pending", "pending").moments
    assert [(moment.state, str(moment.sentence), moment.at) for moment in moments] == [
        ("success", "We have received your application.", now),
        ("success", "Your dossier is made.", now + timedelta(seconds=2)),
        ("started", "We are storing your documents.", None),
        ("pending", "Our hiring team will be told.", None),
        ("pending", "You will get a receipt by e-mail.", None),
    ]


def test_a_retry_is_told_without_the_error(shown):
    view = shown("success", "success", "success", "retry")
    assert view.headline == (
        "We have your application. One step takes longer than usual; we keep trying."
    )
    assert view.moments[-1].sentence == (
        "Your mailbox could not be reached yet. We are trying again."
    )
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
    waiting = ["sent", "pending", "pending", "pending"]
    assert shown(*waiting).pace == "1s"
    assert shown(*waiting, age=timedelta(minutes=2)).pace == "10s"


def test_the_version_changes_with_what_is_seen(shown):
    waiting = ["sent", "pending", "pending", "pending"]
    versions = {
        shown(*waiting).version,
        shown(*waiting, age=timedelta(hours=1)).version,
        shown("started", *waiting[1:]).version,
        shown("success", *waiting[1:], status="failed").version,
    }
    assert len(versions) == 4
    assert shown(*waiting).version == shown(*waiting, age=timedelta(seconds=10)).version


def test_the_news_is_the_latest_thing_that_happens(shown):
    assert shown("pending", *["pending"] * 3).news == "We have received your application."
    assert shown("success", "started", "pending", "pending").news == (
        "We are storing your documents."
    )
    assert shown(*["success"] * 4, status="done").news.startswith("All done")
