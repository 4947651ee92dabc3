"""What Flower shows, by its own API.

https://flower.readthedocs.io/en/latest/api.html
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

_PATIENCE = 10  # seconds
# Flower is one of us: what the environment says of proxies is about the world outside.
_direct = build_opener(ProxyHandler({}))


class FlowerAway(Exception):
    """Flower does not answer, or not as Flower; the text says what the answer was."""


@dataclass(frozen=True, slots=True)
class Flower:
    """Where it answers (``http://`` or ``https://``), and a login of its own: ``user:password``."""

    url: str
    login: str

    def shows(self, states: Iterable[str], *, at_most: int) -> dict[str, str]:
        """The state of each task that it shows in one of these, so many of each, by task id.

        Raises FlowerAway.
        """
        return {task_id: state for state in states for task_id in self._tasks(state, at_most)}

    def _tasks(self, state: str, at_most: int) -> Iterable[str]:
        query = urlencode({"state": state, "limit": at_most})
        asked = Request(f"{self.url}/api/tasks?{query}", headers=self._headers())  # noqa: S310 - from the settings
        try:
            with _direct.open(asked, timeout=_PATIENCE) as answer:
                return _keys(json.load(answer))
        except HTTPError as refusal:
            raise FlowerAway(f"HTTP {refusal.code}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise FlowerAway(type(error).__name__) from None

    def _headers(self) -> dict[str, str]:
        """Basic authentication (RFC 7617)."""
        return {"Authorization": f"Basic {base64.b64encode(self.login.encode()).decode()}"}


def _keys(answer: object) -> list[str]:
    if not isinstance(answer, dict):
        raise FlowerAway("no tasks")
    return list(answer)
