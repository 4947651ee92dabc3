import os
import subprocess
import sys

import pytest

from benchmarks import cpu

BUSY = "import time\nend = time.process_time() + 0.1\nwhile time.process_time() < end: pass\n"
TWO_PROCESSES = f"import os, sys\nos.fork()\n{BUSY}os.write(1, b'done\\n')\nsys.stdin.read()"


@pytest.fixture
def two_processes():
    """Each has used a tenth of a second, both are still there, in one group."""
    with subprocess.Popen(
        [sys.executable, "-c", TWO_PROCESSES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert [process.stdout.readline() for _process in range(2)] == [b"done\n"] * 2
        yield process
        process.stdin.close()


def test_a_worker_is_found_with_its_pool(two_processes):
    assert len(cpu.group(two_processes.pid)) == 2


def test_a_worker_is_told_from_those_it_started(two_processes):
    (child,) = cpu.descendants(two_processes.pid)

    assert child in cpu.group(two_processes.pid)
    assert child in cpu.descendants(os.getpid())


def test_the_cpu_of_all_of_them_is_added_up(two_processes):
    assert 0.18 <= cpu.of_processes(cpu.group(two_processes.pid)) < 10


def test_a_group_that_nobody_is_in_has_no_processes():
    assert cpu.group(2**22 + 1) == []


def test_a_process_that_is_no_more_has_used_nothing():
    assert cpu.of_processes([2**22 + 1]) == 0


def test_this_process_has_used_what_python_says():
    assert cpu.of_processes([os.getpid()]) == pytest.approx(sum(os.times()[:4]), abs=0.1)


def test_what_an_ended_child_has_used_is_its_parents():
    before = cpu.of_processes([os.getpid()])
    subprocess.run([sys.executable, "-c", BUSY], check=True)

    assert cpu.of_processes([os.getpid()]) - before >= 0.09


def test_memory_is_counted_as_it_is_filled():
    before = cpu.resident_kib()
    held = b"x" * (64 * 1024 * 1024)

    assert cpu.resident_kib() - before > 60 * 1024
    assert held


def test_memory_that_was_let_go_of_counts_in_the_peak():
    before = cpu.peak_kib()
    held = b"x" * (64 * 1024 * 1024)
    del held

    assert cpu.peak_kib() >= before
    assert cpu.peak_kib() - cpu.resident_kib() > 50 * 1024
