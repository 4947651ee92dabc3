import os
import time

import pytest

from applications.dossier import apart as module
from applications.dossier.apart import Failed, apart


def test_what_the_work_returns_comes_back_whole():
    content = os.urandom(3 * 1024 * 1024)
    assert apart(lambda: content) == content
    assert apart(lambda: b"") == b""


def test_the_work_is_done_in_another_process():
    assert apart(lambda: str(os.getpid()).encode()) != str(os.getpid()).encode()


def fails():
    raise RecursionError


def dies():
    os._exit(0)


def spins():
    while True:
        pass


def eats():
    return bytes(8 * 1024**3)


@pytest.mark.parametrize("work", [fails, dies, eats])
def test_work_without_a_result_has_failed(work):
    with pytest.raises(Failed):
        apart(work)


def test_endless_work_is_ended_by_what_it_may_use(monkeypatch):
    monkeypatch.setattr(module, "_CPU", 1)
    with pytest.raises(Failed):
        apart(spins)


def test_work_that_waits_is_ended_by_the_clock(monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with pytest.raises(Failed):
        apart(lambda: time.sleep(30) or b"")


def test_no_child_is_left_behind(monkeypatch):
    apart(lambda: b"")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
