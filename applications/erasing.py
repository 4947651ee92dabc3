"""Erasing an application: its rows, then its objects, and at last what the erasing itself needed.

Each is harmless when it was done before, in part or as a whole.
"""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from applications import storage
from applications.models import (
    Alert,
    Application,
    Employee,
    Erasure,
    KeptFile,
    Letter,
    Notice,
    PastApplication,
    PlannedLetter,
    RetentionNotice,
    shelf,
)

# What runs are about that go with an application, and how they hang on it.
SUBJECTS: dict[type[Model], str] = {
    Application: "pk",
    Notice: "interview__application",
    PlannedLetter: "application",
    RetentionNotice: "application",
}


def subjects(application_id: UUID | None) -> list[Model]:
    """All that runs may be about and that goes with the application."""
    rows = (
        model._default_manager.filter(**{f"{path}__in": [application_id]})  # noqa: SLF001 (documented)
        for model, path in SUBJECTS.items()
    )
    return [row for each in rows for row in each]


def erase_records(erasure: Erasure) -> None:
    """Delete every row about the application, and count them, in one transaction.

    Letters to an employee are the employee's, and stay. Whoever asked hears no more of new
    positions either.
    """
    with transaction.atomic():
        held = Erasure.objects.select_for_update().get(pk=erasure.pk)
        application = Application.objects.filter(pk__in=[held.application_id]).first()
        if application is not None:
            _keep_figures(application)
            held.is_employed = _let_go_of_the_employee(application)
            held.records = _delete(application)
            if not held.is_kept_long_enough:
                held.alert_count = Alert.objects.filter(email__iexact=held.email).end()
            held.save(update_fields=["is_employed", "records", "alert_count"])


def _keep_figures(application: Application) -> None:
    """What statistics count it by."""
    moved_at = application.moved_at
    PastApplication.objects.create(
        job_id=application.job_id,
        submitted_on=timezone.localdate(application.submitted_at),
        stage=application.stage,
        moved_on=timezone.localdate(moved_at) if moved_at else None,
    )


def _let_go_of_the_employee(application: Application) -> bool:
    """Part the employee's letters from the application and their words. False: nobody was hired."""
    employee = Employee.objects.filter(application=application).first()
    if employee is not None:
        application.letters.filter(about=str(employee.pk)).update(
            application=None, subject="", text=""
        )
    return employee is not None


def _delete(application: Application) -> dict[str, int]:
    """What was deleted: how many rows of each model, by its label."""
    counts: Counter[str] = Counter()
    for rows in _rows(application):
        _total, by_model = rows.delete()
        counts.update(by_model)
    return {label: number for label, number in counts.items() if number}


def _rows(application: Application) -> tuple[QuerySet[Model], ...]:
    """The rows that do not go with the application by themselves, and the application."""
    history = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Application), object_id=str(application.pk)
    )
    kept = KeptFile.objects.filter(submission_key=application.submission_key)
    return history, kept, Application.objects.filter(pk=application.pk)


def erase_objects(erasure: Erasure, *, now: datetime) -> None:
    """Delete all objects of the application with all their versions, and see that they are gone.

    Does nothing once the erasure is finished. Raises storage.StorageUnavailable or StorageRefused.
    """
    if erasure.application_id is None:
        return
    prefix = shelf(erasure.application_id)
    found = list(storage.versions(prefix))
    # Counted before the first goes, and once: who carries on after a crash finds fewer.
    Erasure.objects.filter(pk=erasure.pk, version_count__isnull=True).update(
        object_count=len({each.key for each in found}), version_count=len(found)
    )
    storage.erase(found)
    if any(True for _left in storage.versions(prefix)):
        raise storage.StorageUnavailable("The object store still lists what was erased.")
    Erasure.objects.filter(pk=erasure.pk, erased_at__isnull=True).update(erased_at=now)


def forget(erasure: Erasure, *, now: datetime) -> None:
    """Keep of the erasure itself what nobody can be known by."""
    with transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk, finished_at__isnull=True).update(
            application_id=None, reference="", email="", our_addresses="", finished_at=now
        )
        # What a mail server says may name the mailbox.
        Letter.objects.filter(about=str(erasure.pk)).update(reply="", note="")
