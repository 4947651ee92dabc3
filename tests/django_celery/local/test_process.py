import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from django_celery.local.process import Part, PartFailed, Process, wait_until_ready
from tests.django_celery.local.waiting import wait_for

# Starts a child that has left the process group and the session, says so, and sleeps.
WITH_GRANDCHILD = """
import subprocess, time
child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
print("grandchild", child.pid, flush=True)
time.sleep(1000)
"""

OWNER = """
import pathlib, sys, time
from django_celery.local.process import Part, Process, wait_until_ready
command = (sys.executable, "-c", sys.argv[2])
part = Part(name="part", command=command, is_ready=lambda process: "grandchild" in process.output)
process = Process(part, folder=pathlib.Path(sys.argv[1]))
process.start()
wait_until_ready(process)
print(process.pid, flush=True)
time.sleep(1000)
"""


def runs(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.fixture
def python(tmp_path) -> Iterator[Callable[..., Process]]:
    with ExitStack() as started:

        def start(code: str, **options) -> Process:
            part = Part(
                name="part",
                command=(sys.executable, "-c", code),
                is_ready=lambda process: "ready" in process.output,
                **options,
            )
            process = Process(part, folder=tmp_path)
            started.callback(process.stop)
            process.start()
            return process

        yield start


def grandchild_of(process: Process) -> int:
    wait_for(lambda: "\n" in process.output)
    return int(process.output.split()[1])


def test_a_part_is_ready_when_its_condition_holds(python):
    process = python("import time; print('ready', flush=True); time.sleep(1000)")
    wait_until_ready(process)
    assert process.ready
    assert runs(process.pid)


def test_stopping_asks_first(python):
    code = """
import signal, time
signal.signal(signal.SIGTERM, lambda *_: (print("bye", flush=True), exit(7)))
print("ready", flush=True)
time.sleep(1000)
"""
    process = python(code)
    wait_until_ready(process)
    process.stop()
    assert process.output.split() == ["ready", "bye"]
    assert process.exit_code == 7
    assert not process.wanted


def test_what_does_not_stop_in_time_is_killed(python):
    code = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(1000)
"""
    process = python(code, stop_limit=0.2)
    wait_until_ready(process)
    process.stop()
    assert process.exit_code == 128 + signal.SIGKILL
    assert not runs(process.pid)


def test_stopping_ends_descendants_that_left_the_group(python):
    process = python(WITH_GRANDCHILD)
    grandchild = grandchild_of(process)
    process.stop()
    assert not runs(grandchild)


def test_a_death_takes_the_descendants_along(python):
    process = python(WITH_GRANDCHILD)
    grandchild = grandchild_of(process)
    process.kill(signal.SIGKILL)
    wait_for(lambda: not process.alive)
    assert process.exit_code == 128 + signal.SIGKILL
    assert not runs(grandchild)


def test_nothing_outlives_an_owner_that_is_killed(tmp_path):
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path), WITH_GRANDCHILD], stdout=subprocess.PIPE
    )
    process_id = int(owner.stdout.readline())
    grandchild = int((tmp_path / "part.log").read_text().split()[1])
    assert runs(process_id)
    assert runs(grandchild)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    wait_for(lambda: not runs(process_id) and not runs(grandchild))


def test_nothing_is_heard_of_a_leash_that_is_killed_but_its_command_dies_too(python):
    process = python("import time; print('ready', flush=True); time.sleep(1000)")
    wait_until_ready(process)
    leash = int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(leash, signal.SIGKILL)
    wait_for(lambda: not runs(process.pid))
    assert not process.alive


def test_a_part_that_ends_early_says_so_with_the_end_of_its_log(python, tmp_path):
    process = python("print('no configuration'); exit(3)")
    with pytest.raises(PartFailed) as caught:
        wait_until_ready(process)
    assert str(caught.value) == (
        f"part ended with code 3. The end of {tmp_path}/part.log:\nno configuration"
    )


def test_a_part_that_does_not_answer_says_so(python):
    process = python("import time; time.sleep(1000)", start_limit=0.2)
    with pytest.raises(PartFailed, match="did not answer within"):
        wait_until_ready(process)


def test_a_program_that_is_not_there_is_named(tmp_path):
    part = Part(name="part", command=("no-such-program",), is_ready=lambda _process: True)
    process = Process(part, folder=tmp_path)
    with pytest.raises(PartFailed, match="Cannot run no-such-program: No such file or directory"):
        process.start()


def test_the_log_of_the_run_before_is_kept(python, tmp_path):
    (tmp_path / "part.log").write_text("before")
    process = python("print('ready')")
    wait_for(lambda: not process.alive)
    assert (tmp_path / "part.old.log").read_text() == "before"
    assert process.log.read_text() == "ready\n"


def test_output_begins_with_the_last_start(python):
    process = python("print('ready')")
    wait_for(lambda: not process.alive)
    process.start()
    wait_for(lambda: not process.alive)
    assert process.output == "ready\n"
    assert process.log.read_text() == "ready\nready\n"


def test_what_a_part_leaves_behind_is_removed_however_it_ends(python, tmp_path):
    socket = tmp_path / "socket"
    process = python(f"open({str(socket)!r}, 'w').close()", leftovers=(socket, tmp_path / "other"))
    wait_for(lambda: not process.alive)
    assert not socket.exists()


def test_a_part_gets_nothing_of_the_environment_that_is_not_for_it(python, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody's")
    process = python("import os; print('PATH' in os.environ, 'AWS_ACCESS_KEY_ID' in os.environ)")
    wait_for(lambda: not process.alive)
    assert process.output == "True False\n"
