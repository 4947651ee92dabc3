"""Asking Flower over its API."""

import json
from typing import Any

from django_celery.local.http import authorization, fetch, request
from django_celery.local.stack import Stack


def ask_flower(stack: Stack, path: str) -> dict[str, Any]:
    """https://flower.readthedocs.io/en/latest/api.html"""
    headers = authorization(stack.settings["FLOWER_BASIC_AUTH"])
    return json.loads(fetch(request(f"{stack.flower_url}/api/{path}", headers=headers)))
