import io

from rich.console import Console

from django_celery.local.display import PartsBoard
from django_celery.local.process import Part, Process
from django_celery.local.supervisor import Event, State


def process(tmp_path) -> Process:
    part = Part(name="web", command=("true",), is_ready=lambda _process: True, port=8000)
    return Process(part, folder=tmp_path)


def board(*, terminal: bool) -> tuple[PartsBoard, io.StringIO]:
    output = io.StringIO()
    return PartsBoard(Console(file=output, force_terminal=terminal, width=100)), output


def test_what_happens_is_told_in_lines_where_no_terminal_is(tmp_path):
    parts, output = board(terminal=False)
    with parts.shown():
        parts.tell(Event(process(tmp_path), State.STARTING))
        parts.tell(Event(process(tmp_path), State.READY))
    parts.tell(Event(process(tmp_path), State.DIED, "code 137"))
    assert output.getvalue() == (
        "  web: starting\n  web: ready 127.0.0.1:8000\n  web: died (code 137)\n"
    )


def test_a_terminal_shows_a_table_that_changes(tmp_path):
    parts, output = board(terminal=True)
    with parts.shown():
        parts.tell(Event(process(tmp_path), State.READY))
    shown = output.getvalue()
    assert "✓" in shown
    assert "127.0.0.1:8000" in shown
    assert "web: ready" not in shown
