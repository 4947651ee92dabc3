"""What Flower shows of tasks."""

import json
from typing import Any

from django_celery.local.http import authorization, fetch, request
from tests.faults.system import System

Tasks = dict[str, dict[str, Any]]


def tasks(system: System) -> Tasks:
    """All that Flower knows, by their ids."""
    login = authorization(system.stack.settings["FLOWER_BASIC_AUTH"])
    found: Tasks = json.loads(
        fetch(request(f"{system.stack.flower_url}/api/tasks", headers=login), patience=30)
    )
    return found


def run_of(task_id: str) -> str:
    """A task's id is ``<run>.<step>.<attempt>``."""
    return task_id.partition(".")[0]
