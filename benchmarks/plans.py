"""How PostgreSQL goes about what is asked of it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

_EXPLAINED = ("SELECT", "UPDATE", "DELETE")


def whole_tables(work: Callable[[], object], *, among: frozenset[str]) -> list[str]:
    """Which of these tables the statements of ``work`` read from end to end, each time it does."""
    with CaptureQueriesContext(connection) as captured:
        work()
    statements = (query["sql"] for query in captured)
    explained = (each for each in statements if each.lstrip("(").startswith(_EXPLAINED))
    return [table for each in explained for table in _scanned(each) if table in among]


def _scanned(statement: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (plan,) = cursor.fetchone()
    return _sequential((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _sequential(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        if not _stops_early(node, inner):
            yield from _sequential(inner)


def _stops_early(node: dict[str, Any], inner: dict[str, Any]) -> bool:
    """Of a scan right below a limit the rest is not read."""
    return node["Node Type"] == "Limit" and inner["Node Type"] == "Seq Scan"
