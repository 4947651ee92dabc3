"""Applications by how far their runs have come."""

from django.db.models import QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Replace

from applications.models import Application
from applications.pipeline import apply_now
from pipelines.models import Run


def with_run(applications: QuerySet[Application], status: Run.Status) -> QuerySet[Application]:
    """Those of ``applications`` whose run has this status."""
    runs = Run.objects.filter(pipeline=apply_now.name, status=status)
    return applications.filter(pk__in=runs.annotate(subject=_uuid("subject_id")).values("subject"))


def count_active() -> int:
    """How many applications are on their way: erasing one cancels its run, so the runs tell."""
    return Run.objects.filter(pipeline=apply_now.name, status=Run.Status.ACTIVE).count()


def _uuid(field: str) -> Cast:
    """The UUID that this text writes with hyphens; SQLite keeps its UUIDs without."""
    return Cast(Replace(field, Value("-"), Value("")), UUIDField())
