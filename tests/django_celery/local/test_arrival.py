import io

import pytest
from rich.console import Console

from django_celery.local.arrival import NotArrived, watch

TIMES = {"started_at": "2026-01-01T12:00:00+00:00", "finished_at": "2026-01-01T12:00:01.5+00:00"}


def step(name: str, status: str, **more) -> dict:
    return {
        "name": name,
        "status": status,
        "error": "",
        "started_at": None,
        "finished_at": None,
    } | more


def answers(*steps_and_status) -> "callable":
    waiting = [{"status": status, "steps": steps} for status, steps in steps_and_status]
    return lambda: waiting.pop(0)


def output(*, terminal: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=100)


@pytest.mark.parametrize("terminal", [True, False])
def test_each_step_is_shown_until_all_are_done(terminal):
    console = output(terminal=terminal)
    ask = answers(
        ("active", [step("render_dossier", "started")]),
        ("done", [step("render_dossier", "success", **TIMES)]),
    )
    assert watch(console, ask)["status"] == "done"
    shown = console.file.getvalue()
    assert "started" in shown
    assert "success" in shown
    assert ("1.50 s" in shown) is terminal


def test_a_change_is_told_once_where_lines_stay():
    console = output(terminal=False)
    sent, done = [step("a", "sent")], [step("a", "success")]
    watch(console, answers(("active", sent), ("active", sent), ("done", done)))
    assert console.file.getvalue() == "  a: sent\n  a: success\n"


def test_a_failed_application_is_named_with_its_step():
    ask = answers(("failed", [step("a", "success"), step("b", "failure", error="Full.")]))
    with pytest.raises(NotArrived, match="is failed: b is failure Full"):
        watch(output(terminal=False), ask)
