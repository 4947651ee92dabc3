"""One system for all the rows of a short run."""

from collections.abc import Iterator

import pytest

from django_celery.local.stack import Engine
from tests.faults.row import Result
from tests.faults.system import System


@pytest.fixture(scope="module")
def system(tmp_path_factory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("faults"), engine=Engine.POSTGRESQL) as system:
        yield system


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """Those of the rows that have run."""
    return []
