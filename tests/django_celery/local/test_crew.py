import os
import signal
import sys
import threading

import pytest

from django_celery.local.crew import Crew
from django_celery.local.process import Part, PartFailed
from django_celery.local.supervisor import State

STEADY = "import time; print('ready', flush=True); time.sleep(1000)"


def part(name: str, code: str = STEADY) -> Part:
    return Part(
        name=name,
        command=(sys.executable, "-c", code),
        is_ready=lambda process: "ready" in process.output,
    )


@pytest.fixture
def events():
    return []


@pytest.fixture
def crew(tmp_path, events):
    crew = Crew(logs=tmp_path / "log", tell=events.append)
    yield crew
    crew.stop()


def told(events, state: State) -> list[str]:
    return [event.process.name for event in events if event.state is state]


def test_all_come_up_and_are_found_by_name(crew, events):
    crew.wait_for(crew.launch([part("a"), part("b")]))
    assert crew["a"].ready
    assert [process.name for process in crew] == ["a", "b"]
    assert sorted(told(events, State.READY)) == ["a", "b"]


def test_groups_are_stopped_in_their_order(crew, events):
    crew.wait_for(crew.launch([part("a"), part("b"), part("c")]))
    crew.stop(["c"], ["a"])
    assert told(events, State.STOPPED) == ["c", "a", "b"]
    assert [process.name for process in crew if process.alive] == []


def test_when_one_fails_all_are_stopped(crew, events):
    with pytest.raises(PartFailed, match="b ended with code 3"):
        crew.wait_for(crew.launch([part("a"), part("b", "exit(3)")]))
    assert [process.name for process in crew if process.alive] == []


def test_stopping_twice_says_it_once(crew, events):
    crew.wait_for(crew.launch([part("a")]))
    crew.supervise()
    crew.stop()
    crew.stop()
    assert told(events, State.STOPPED) == ["a"]
    assert told(events, State.DIED) == []


@pytest.fixture
def ctrl_c():
    """As at a terminal: a shell lets what it starts in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_while_they_come_up_stops_all_at_once(crew):
    never = [part("a", "import time; time.sleep(1000)"), part("b", "import time; time.sleep(1000)")]
    processes = crew.launch(never)
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        crew.wait_for(processes)
    assert [process.name for process in crew if process.alive] == []
