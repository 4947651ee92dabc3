"""``flower``: tell Flower again what it missed while it was down."""

from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from pipelines.broker import BrokerAway
from pipelines.flower import tell_history
from pipelines.models import Run

_CHUNK = 500


def add_to(verbs: Any) -> None:
    parser = verbs.add_parser("flower", help="Tell Flower again what it missed.")
    parser.add_argument(
        "--hours", type=_hours, default=24.0, help="runs that began in the last HOURS (24)"
    )
    parser.set_defaults(verb=tell_again)


def tell_again(options: dict[str, Any]) -> Iterator[str]:
    since = timezone.now() - timedelta(hours=options["hours"])
    runs = Run.objects.filter(created_at__gte=since).order_by("created_at")
    told = runs.prefetch_related("steps__past_attempts").iterator(chunk_size=_CHUNK)
    try:
        events = tell_history(told)
    except BrokerAway as error:
        raise CommandError(f"The broker cannot be reached ({error}): try again.") from None
    yield f"Told again: {events} events of {runs.count()} runs."


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if hours <= 0:
        raise ArgumentTypeError(f"{text!r} is not a number of hours above 0")
    return hours
