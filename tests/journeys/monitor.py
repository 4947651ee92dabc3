"""Asking Flower over its API."""

import json
from typing import Any

from django_celery.local.http import authorization, fetch, request
from django_celery.local.stack import Stack


def ask_flower(stack: Stack, path: str) -> dict[str, Any]:
    """https://flower.readthedocs.io/en/latest/api.html"""
    headers = authorization(stack.settings["FLOWER_BASIC_AUTH"])
    return json.loads(fetch(request(f"{stack.flower_url}/api/{path}", headers=headers)))


def tasks_of(stack: Stack, pipeline: str) -> dict[str, dict[str, Any]]:
    """Flower's tasks that are steps of this pipeline, by task id.

    The schedules ring when they will, and a task that began before Flower listened has no name.
    """
    found = ask_flower(stack, "tasks").items()
    return {key: task for key, task in found if (task["name"] or "").startswith(f"{pipeline}.")}
