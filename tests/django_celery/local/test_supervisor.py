import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django_celery.local.process import Part, Process, wait_until_ready
from django_celery.local.supervisor import Event, State, Supervisor
from tests.django_celery.local.waiting import wait_for


@contextmanager
def supervised(code: str, folder: Path, **options) -> Iterator[tuple[Process, list[Event]]]:
    part = Part(
        name="part",
        command=(sys.executable, "-c", code),
        is_ready=lambda process: "ready" in process.output,
    )
    process = Process(part, folder=folder)
    events: list[Event] = []
    supervisor = Supervisor([process], tell=events.append, **options)
    process.start()
    supervisor.start()
    yield process, events
    supervisor.finish()
    process.stop()


STEADY = "import time; print('ready', flush=True); time.sleep(1000)"


def test_what_died_is_started_again(tmp_path):
    with supervised(STEADY, tmp_path) as (process, events):
        wait_until_ready(process)
        first = process.pid
        process.kill(signal.SIGKILL)
        wait_for(lambda: len(events) == 3)
        assert process.pid != first
    assert [event.state for event in events] == [State.DIED, State.STARTING, State.READY]
    assert events[0].detail == "code 137"


def test_what_was_stopped_stays_down(tmp_path):
    with supervised(STEADY, tmp_path) as (process, events):
        wait_until_ready(process)
        process.stop()
        assert not process.restart()
    assert events == []


def test_what_keeps_dying_is_given_up_in_words(tmp_path):
    with supervised("exit(3)", tmp_path, patience=1) as (process, events):
        wait_for(lambda: events and events[-1].state is State.GIVEN_UP)
        assert not process.wanted
    assert [event.state for event in events] == [State.DIED, State.STARTING, State.GIVEN_UP]
    assert events[-1].detail == f"code 3, see {tmp_path}/part.log"
