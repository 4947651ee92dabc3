"""What ``make run`` starts, as a person sees it, in a copy of the checkout."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from django_celery.env import BASE_DIR
from django_celery.local.http import fetch, request
from tests.django_celery.local.waiting import wait_for

# The whole system comes up twice, which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(600)

FOLDERS = ("django_celery", "applications", "pipelines", "templates")
FILES = ("manage.py", "Procfile", ".env.example")
LAST_WORDS = "Ctrl-C stops all of it."


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for name in FOLDERS:
        shutil.copytree(BASE_DIR / name, folder / name)
    for name in FILES:
        shutil.copy(BASE_DIR / name, folder / name)
    return folder


def environment() -> dict[str, str]:
    """A shell's, without what is set for the tests; port 0 is any that is free."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PORT": "0", "FLOWER_PORT": "0", "PYTHONUNBUFFERED": "1"}


class Run:
    """A started ``make run`` and what it has said so far."""

    def __init__(self, checkout: Path) -> None:
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "django_celery.local.run"],
            cwd=checkout,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, happened: Callable[[], object]) -> None:
        wait_for(lambda: happened() or self.process.poll() is not None, limit=240)
        assert happened(), self.said

    def find(self, pattern: str) -> str:
        """The first group of what matches in what was said."""
        match = re.search(pattern, self.said)
        assert match, self.said
        return match[1]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        code = self.process.wait(90)
        self._reader.join()
        self.process.stdout.close()
        return code

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said += line


@contextmanager
def running(checkout: Path) -> Iterator[Run]:
    run = Run(checkout)
    try:
        run.wait_for(lambda: LAST_WORDS in run.said)
        yield run
    finally:
        if run.process.returncode is None:
            run.end(signal.SIGKILL)


@pytest.fixture(scope="module")
def first(checkout) -> Run:
    """Up, one part killed, another run tried, then Ctrl-C."""
    with running(checkout) as run:
        run.second_try = Run(checkout)
        run.second_try.wait()
        os.kill(main_process(checkout, "render@"), signal.SIGKILL)
        run.wait_for(lambda: run.said.count("  render: ready") == 2)
        run.code = run.end(signal.SIGINT)
    run.left = processes_of(checkout)
    return run


def processes_of(checkout: Path) -> dict[int, str]:
    """The command lines of all that run from this checkout or on its data, by process id."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            directory = str((folder / "cwd").readlink())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if str(checkout) in line + directory:
            found[int(folder.name)] = line
    return found


def main_process(checkout: Path, text: str) -> int:
    """The process with this text in its command that is held by a leash."""
    found = processes_of(checkout)
    held = {
        process: int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        for process, line in found.items()
        if text in line and "leash.py" not in line
    }
    (main,) = (one for one, parent in held.items() if "leash.py" in found.get(parent, ""))
    return main


def test_it_delivers_an_application_and_ends_well(first):
    assert first.code == 0
    for step in ("render_dossier", "store_dossier", "email_hr", "email_applicant"):
        assert f"  {step}: success\n" in first.said
    assert len(re.findall(r"SHA-256 [0-9a-f]{64}\n", first.said)) == 3
    assert "enclosed: " in first.said
    assert first.said.endswith("Everything is stopped. The data is in var/.\n")


def test_it_tells_the_logins(first):
    assert first.find(r"Back office +http://127\.0\.0\.1:\d+/staff/ +admin / (\S+)")
    assert first.find(r"Flower +http://127\.0\.0\.1:\d+/ +flower / (\S+)")


def test_it_says_which_part_died_and_brings_it_back(first):
    death, rebirth = "  render: died (code 137)\n", "  render: ready\n"
    assert first.said.index(death) < first.said.rindex(rebirth)


def test_a_second_one_at_the_same_time_is_refused_in_words(first):
    assert first.second_try.process.returncode == 1
    assert "is in use by another run" in first.second_try.said


def test_nothing_is_left_running(first):
    assert first.left == {}


def test_secrets_are_for_their_owner_only(first, checkout):
    for name in (".env", "var/staff.json", "var/s3/identities.json"):
        assert (checkout / name).stat().st_mode & 0o077 == 0


def test_the_next_run_keeps_the_data_and_nothing_outlives_its_kill(first, checkout):
    page = first.find(r"http://127\.0\.0\.1:\d+(/applications/[\w-]+/)")
    with running(checkout) as run:
        site = run.find(r"Open positions +(http://127\.0\.0\.1:\d+)/")
        assert b'"status": "done"' in fetch(request(f"{site}{page.rstrip('/')}.json"))
        assert "Wrote" not in run.said
        password = r"admin / (\S+)"
        assert run.find(password) == first.find(password)
        run.end(signal.SIGKILL)
        wait_for(lambda: processes_of(checkout) == {})
