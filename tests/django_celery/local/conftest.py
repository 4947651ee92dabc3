from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from django_celery.local.process import Part, Process, wait_until_ready


@pytest.fixture
def running(tmp_path) -> Iterator[Callable[[Part], Process]]:
    """Starts a part, waits until it answers, and stops it after the test."""
    with ExitStack() as started:

        def run(part: Part) -> Process:
            process = Process(part, folder=tmp_path)
            started.callback(process.stop)
            process.start()
            wait_until_ready(process)
            return process

        yield run
