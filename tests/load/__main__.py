"""``python -m tests.load``: a burst of applications on the real parts, counted from outside.

It ends with 1 when one was lost, came twice or was not accepted, or when a page did not answer.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from django_celery.local.delivery import object_keys
from django_celery.local.stack import Engine, Stack
from tests.faults.counting import Verdict, count
from tests.faults.load import Accepted
from tests.faults.site import Answer, Site
from tests.faults.system import SETTINGS
from tests.load import report

# Seconds for what is slow: so much for each application, and so much besides.
_EACH, _BESIDES = 1.0, 120.0


def main() -> int:
    arguments = _arguments()
    console = Console()
    with (
        TemporaryDirectory(prefix="load-") as folder,
        Stack(Path(folder), settings=SETTINGS, engine=Engine.POSTGRESQL) as stack,
    ):
        stack.manage("seed_demo")
        verdict, pages = _burst(stack, number=arguments.applications, rate=arguments.rate)
    console.print(report.table(verdict, pages))
    return int(bool(report.misses(verdict, pages)))


def _burst(stack: Stack, *, number: int, rate: float) -> tuple[Verdict, list[Answer]]:
    """What became of them, and the answers of the applicants' pages."""
    keys = object_keys(stack.bucket)
    limit = _BESIDES + _EACH * number
    seen = _applicants(port=stack.ports["web"], number=number, rate=rate, limit=limit)
    accepted = [Accepted(**each) for each in seen["accepted"]]
    posts, pages = ([Answer(**each) for each in seen[kind]] for kind in ("posts", "pages"))
    site = Site(stack.ports["web"])
    site.answers += posts
    site.wait_for_arrival((each.page for each in accepted), limit=_BESIDES)
    return count(stack, site, accepted, asked=number, keys_before=keys), pages


def _applicants(**options: float) -> dict[str, list[dict[str, object]]]:
    words = [f"--{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.applicants", *words],
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--applications", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=50.0, help="new applicants a second")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
