"""Rows by the million: copies of what the pipeline made, written by the database itself."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import AutoField, Model

from applications.models import Application, Letter, StageChange
from pipelines.models import Run, StepRun

TABLES = frozenset(model._meta.db_table for model in (Application, Letter, Run, StepRun))  # noqa: SLF001 (documented)

# One row for each copy to be made: what it is called by, and how long ago it came.
_COPIES = """
    CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
    SELECT gen_random_uuid() AS application, gen_random_uuid() AS run,
           now() - number * %s::interval AS at, number
    FROM generate_series(%s::bigint, %s::bigint) AS number
"""
_APPLICATION = {
    "id": "copies.application",
    "reference": "'B' || lpad(to_hex(copies.number), 8, '0')",
    "token": "copies.application::text",
    "submission_key": "copies.run",
    "submitted_at": "copies.at",
}
_LETTER = {
    "application_id": "copies.application",
    "about": "copies.application::text",
    "message_id": "copies.application || '.' || source.kind",
}
_STAGE_CHANGE = {"application_id": "copies.application", "at": "copies.at"}
_RUN = {"id": "copies.run", "subject_id": "copies.application::text", "created_at": "copies.at"}
_STEP = {"run_id": "copies.run"}


@transaction.atomic
def copy(
    application: Application,
    run: Run,
    *,
    first: int,
    last: int,
    apart: timedelta = timedelta(minutes=1),
) -> None:
    """This application with its letters, its moves and its run, ``last - first + 1`` times.

    Number one came a span ``apart`` before now, number two before that, and so on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_COPIES, (apart, first, last))
    _copy_rows(Application, _APPLICATION, [application.pk])
    _copy_rows(Letter, _LETTER, application.letters.values_list("pk", flat=True))
    _copy_rows(StageChange, _STAGE_CHANGE, application.stage_changes.values_list("pk", flat=True))
    _copy_rows(Run, _RUN, [run.pk])
    _copy_rows(StepRun, _STEP, run.steps.values_list("pk", flat=True))


def analyse() -> None:
    """Let the planner know, as the server's own housekeeping does in time."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")


def _copy_rows(model: type[Model], changed: Mapping[str, str], sources: Iterable[object]) -> None:
    """Each of the source rows once for each copy, with other values in the columns ``changed``."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]  # noqa: SLF001
    columns = [field.column for field in fields]
    values = [changed.get(column, f'source."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(values)} "  # noqa: S608, SLF001
            f"FROM copies, {model._meta.db_table} AS source WHERE source.id = ANY(%s)",  # noqa: SLF001
            [list(sources)],
        )
