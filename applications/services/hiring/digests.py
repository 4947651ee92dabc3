"""The morning's digest: what came in by position, for whoever fills it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from applications.models import Application, Digest, Job, Letter
from applications.office import midnight
from applications.pipeline import digest
from applications.services.hiring import forgetting
from applications.services.runs import with_run
from pipelines import canvas
from pipelines.models import Run


def open_digests(*, due_at: datetime, previous: datetime | None) -> None:
    """Open a digest for each address with applications of the days before ``due_at`` (aware).

    Those are the days since the digest ``previous`` to it, else yesterday. An address for whose
    positions nothing came in and nothing failed gets none. Safe to call twice.
    """
    day = timezone.localdate(due_at)
    since = timezone.localdate(previous) if previous else day - timedelta(days=1)
    for address, rows in _by_address(since, day).items():
        _open(address, {"day": day, "since": since, "jobs": rows, "made_at": due_at})


def forget(*, before: datetime) -> int:
    """Delete the digests made before then (aware), with their letters and runs; how many."""
    old = Digest.objects.filter(made_at__lt=before)
    return forgetting.forget(old, digest, Letter.Kind.DIGEST)


def _open(address: str, values: dict[str, Any]) -> None:
    with transaction.atomic():
        subject, is_new = Digest.objects.get_or_create(
            address=address, day=values["day"], defaults=values
        )
        if is_new:
            canvas.start(digest, subject)


def _by_address(since: date, day: date) -> Mapping[str, list[dict[str, Any]]]:
    """What each address is told; four queries."""
    came_in = Application.objects.filter(
        submitted_at__gte=midnight(since), submitted_at__lt=midnight(day)
    )
    new = _by_job(came_in)
    failed = _by_job(with_run(Application.objects.all(), Run.Status.FAILED))
    waiting = _by_job(Application.objects.filter(is_waiting=True))
    told: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    jobs = Job.objects.filter(pk__in=new.keys() | failed.keys())
    for job in jobs.order_by("title", "pk").defer("description", "search_text"):
        counts = {"new": new, "failed": failed, "waiting": waiting}
        row = {name: found.get(job.pk, 0) for name, found in counts.items()}
        for address in {address.casefold(): address for address in job.hr_addresses}.values():
            told[address].append({"pk": job.pk, "title": job.title, **row})
    return told


def _by_job(applications: QuerySet[Application]) -> dict[int, int]:
    return dict(applications.order_by().values_list("job").annotate(number=Count("pk")))
