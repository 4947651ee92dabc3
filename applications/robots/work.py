"""Proof of work: a second of calculation in the browser, in the words of ALTCHA.

A challenge belongs to one submission key, and a key belongs to one application at most. So each
is good once, whether or not there is a cache that remembers it.

https://altcha.org/docs/v2/proof-of-work/
"""

import json
from base64 import b64decode
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import altcha
from django.utils.crypto import salted_hmac

# About a second on a laptop, three on a phone: half of these numbers are tried on average.
MOST = 200_000
# Whoever takes longer over the form gets another challenge with it.
_VALID_FOR = timedelta(hours=2)
_PARTS = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


def challenge(submission_key: UUID, *, now: datetime) -> str:
    """What the browser has to solve, as JSON; good for two hours from ``now`` (aware)."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(
            max_number=MOST,
            hmac_key=_secret(),
            expires=now + _VALID_FOR,
            params={"for": str(submission_key)},
        )
    )
    return json.dumps(made.to_dict())


def is_solved(solution: str, submission_key: UUID) -> bool:
    """Whether that is a solution of a challenge that was made for this key and is still good.

    ``solution`` is what a browser sent: base64 of JSON, or anything else.
    """
    try:
        payload = json.loads(b64decode(solution, validate=True))
        return _is_whole(payload) and _is_right(payload, str(submission_key))
    # The library takes every part for what it should be.
    except ValueError:
        return False


def _is_whole(payload: Any) -> bool:
    return isinstance(payload, dict) and all(
        isinstance(payload.get(name), kind) for name, kind in _PARTS.items()
    )


def _is_right(payload: Any, key: str) -> bool:
    is_right, _error = altcha.verify_solution(payload, _secret(), check_expires=True)
    return is_right and altcha.extract_params(payload).get("for") == [key]


def _secret() -> str:
    return salted_hmac("applications.robots.work", "challenge", algorithm="sha256").hexdigest()
