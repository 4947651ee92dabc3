"""The inbox of the local stack, from outside: start it, read it, make it fail."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django_celery.local.http import fetch, request
from django_celery.local.inbox.faults import Faults, Tally
from django_celery.local.ports import LOOPBACK
from django_celery.local.process import Part

# Each message is parsed when it is first asked for, and a load test leaves thousands.
_MANY = 180.0  # seconds


@dataclass(frozen=True)
class Inbox:
    """A mail server that keeps what it is sent (see django_celery.local.inbox)."""

    smtp_port: int
    http_port: int

    @property
    def address(self) -> str:
        """Where a person reads it."""
        return f"http://{LOOPBACK}:{self.http_port}/"

    def part(self, *, folder: Path) -> Part:
        options = {"smtp-port": self.smtp_port, "http-port": self.http_port, "dir": folder}
        arguments = [f"--{name}={value}" for name, value in options.items()]
        return Part(
            name="inbox",
            command=(sys.executable, "-m", "django_celery.local.inbox", *arguments),
            is_ready=lambda _process: self._answers(),
            port=self.http_port,
            stop_limit=5,
        )

    def messages(self) -> list[dict[str, Any]]:
        """All messages, the newest first (message.Summary says what is told of each)."""
        found: list[dict[str, Any]] = json.loads(self._get("messages.json", patience=_MANY))
        return found

    def source(self, name: str) -> bytes:
        """The message with this id as it was received, its envelope on top."""
        return self._get(f"messages/{name}/source")

    def fail(self, faults: Faults) -> None:
        """Fail as the plan says from now on; ``Faults()`` makes it well again."""
        plan = json.dumps(faults.to_json()).encode()
        fetch(request(f"{self.address}faults", plan, method="PUT"))

    def tally(self) -> Tally:
        """How often its faults met somebody since it started."""
        return Tally(**json.loads(self._get("faults/tally")))

    def _get(self, path: str, *, patience: float = 10) -> bytes:
        return fetch(request(self.address + path), patience=patience)

    def _answers(self) -> bool:
        try:
            self._get("latest")
        except OSError:
            return False
        return True
