"""``sweep``: one sweep, as every worker makes it each second."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from pipelines import ledger
from pipelines.sweep import sweep


def add_to(verbs: Any) -> None:
    parser = verbs.add_parser("sweep", help="Send again what nothing carries any more, once.")
    parser.set_defaults(verb=sweep_once)


def sweep_once(_options: dict[str, Any]) -> Iterator[str]:
    swept = sweep(now=timezone.now())
    waiting = ledger.due(now=timezone.now()).count()
    yield f"Attempts whose worker had died: {swept.crashed}"
    yield f"Runs sent again: {swept.sent}"
    yield f"Steps that still wait to be sent: {waiting}"
    if waiting:
        yield "They go when the broker can be reached; those that killed workers, one by one."
