"""What a piece of work costs, in counts that do not depend on the machine."""

import sys
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

_CALLS = ("call", "c_call")


def cost(work):
    """Calls of functions in this thread, and queries on this connection, as in guard.toml."""
    with CaptureQueriesContext(connection) as queries, _called() as calls:
        work()
    return {"calls": len(calls), "queries": len(queries)}


@contextmanager
def _called():
    """A list that has one item for each call inside the block."""
    calls = []

    def note(_frame, event, _function):
        if event in _CALLS:
            calls.append(None)

    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)
