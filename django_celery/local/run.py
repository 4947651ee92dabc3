"""``make run``: the whole system on this machine, and one application to see it work.

It brings its own servers, whatever the environment says of others, so it can neither read real
applications nor mail anybody. It ends with 0 after Ctrl-C or SIGTERM, with 1 and a sentence when
something did not come up or the application did not arrive.
"""

import os
import secrets
import signal
import sys
import threading
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from django_celery.env import BASE_DIR
from django_celery.local import arrival, settings_file, staff
from django_celery.local.applicant import Browser, NotAccepted
from django_celery.local.arrival import NotArrived
from django_celery.local.delivery import Before
from django_celery.local.display import PartsBoard, heading
from django_celery.local.process import PartFailed
from django_celery.local.sample import SampleApplicant, sample_applicant
from django_celery.local.stack import Stack
from django_celery.local.summary import (
    DeliveredWrongly,
    show_addresses,
    show_delivery,
    show_moved_ports,
)

_SLUG = "backend-engineer"
_USUAL_PORTS = {"redis": 6379, "s3": 8333, "smtp": 1025, "inbox": 8025, "web": 8000, "flower": 5555}
_VARIABLES = {"web": "PORT", "flower": "FLOWER_PORT"}


def main() -> int:
    """Run until a signal comes; the exit code."""
    # SIGINT too: a shell starts what it puts into the background with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    console = Console()
    board = PartsBoard(console)
    stack = _stack(console, board)
    try:
        _run(console, board, stack)
    except KeyboardInterrupt:
        return 0
    except (PartFailed, NotAccepted, NotArrived, DeliveredWrongly) as error:
        console.print(Text(f"\n{error}", style="bold red"), soft_wrap=True)
        return 1
    finally:
        _stop(console, board, stack)
    return 0


def _stack(console: Console, board: PartsBoard) -> Stack:
    file = BASE_DIR / ".env"
    if settings_file.write_if_missing(file, example=BASE_DIR / ".env.example"):
        console.print(f"Wrote {file} with secrets of its own.", highlight=False, soft_wrap=True)
    return Stack(
        BASE_DIR / "var",
        settings=settings_file.in_force(file),
        preferred=_preferred_ports(),
        tell=board.tell,
    )


def _preferred_ports() -> dict[str, int]:
    given = {name: os.environ.get(variable, "") for name, variable in _VARIABLES.items()}
    return {**_USUAL_PORTS, **{name: int(port) for name, port in given.items() if port.isdecimal()}}


def _run(console: Console, board: PartsBoard, stack: Stack) -> None:
    heading(console, "Starting")
    show_moved_ports(console, stack, _preferred_ports())
    had_database = stack.has_database
    with board.shown():
        stack.start()
    if not had_database or not staff.logins(stack):
        staff.seed(stack)
    _send_application(console, stack)
    show_addresses(console, stack, staff.logins(stack))
    threading.Event().wait()


def _send_application(console: Console, stack: Stack) -> None:
    heading(console, "One application through the form")
    before = Before.now(stack.bucket, stack.inbox)
    browser = Browser(stack.site_url)
    page = browser.apply(_SLUG, _somebody_new())
    found = arrival.watch(console, lambda: browser.progress(page))
    show_delivery(console, stack, before, reference=found["reference"], page=page)


def _somebody_new() -> SampleApplicant:
    """Whoever starts this often would apply too often from one address."""
    return replace(sample_applicant(), email=f"zofia.{secrets.token_hex(3)}@example.org")


def _stop(console: Console, board: PartsBoard, stack: Stack) -> None:
    """Without being disturbed: it takes seconds, and what does not end is killed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    heading(console, "Stopping")
    with board.shown():
        stack.stop()
    console.print("Everything is stopped. The data is in var/.", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
