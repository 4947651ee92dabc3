"""``python -m tests.postgresql``: the tests that speak to the database, on PostgreSQL.

The whole suite runs on SQLite; what depends on how an engine locks, compares and commits runs on
both. The server is a real one, started for these tests and gone with them.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django_celery.local import postgres
from django_celery.local.ports import Ports
from django_celery.local.process import Process, wait_until_ready

TESTS = (
    "tests/pipelines",
    "tests/applications/models",
    "tests/applications/services",
    "tests/applications/letters/test_delivery.py",
    "tests/applications/letters/test_doubt.py",
    "tests/applications/pipeline",
    "tests/applications/reports",
    "tests/applications/scheduled",
    # It gives the process that it kills a database of its own: a copy of a file.
    "--ignore=tests/applications/scheduled/test_killed_worker.py",
)


def main() -> int:
    """The exit code of pytest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = Ports().take()
        server = Process(postgres.part(port, folder=folder / "data"), folder=folder)
        server.start()
        try:
            wait_until_ready(server)
            return run_tests(postgres.url(port, folder=folder / "data"))
        finally:
            server.stop()


def run_tests(url: str) -> int:
    # pg_dump must not be older than the server.
    path = f"{postgres.programs()}:{os.environ['PATH']}"
    environment = {**os.environ, "TEST_DATABASE_URL": url, "PATH": path}
    command = [sys.executable, "-m", "pytest", "-q", *TESTS]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
