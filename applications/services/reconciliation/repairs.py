"""What can be put right. Each is harmless when another process has done it already.

Nothing is drawn, stored or sent here: the run's steps are reopened, and the pipeline does it with
its own retries.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from applications import documents
from applications.models import Document, StagedContent
from applications.pipeline.apply_now import apply_now, render_dossier, store_dossier
from applications.services.doubt import STEPS
from applications.services.reconciliation.cases import Case
from pipelines import canvas, ledger


def open_run(case: Case, _now: datetime) -> None:
    try:
        with transaction.atomic():
            canvas.start(apply_now, case.application)
    except IntegrityError:
        # Another process has just opened it.
        return


def draw(case: Case, now: datetime) -> None:
    """For a dossier that has no row either."""
    _do_again(case, (render_dossier.name, store_dossier.name), now)


def draw_again(case: Case, dossier: Document, now: datetime) -> None:
    documents.mark_missing(dossier)
    draw(case, now)


def store_again(case: Case, document: Document, now: datetime) -> None:
    documents.mark_missing(document)
    _do_again(case, (store_dossier.name,), now)


def clear(_case: Case, document: Document, _now: datetime) -> None:
    """Let go of our copy, unless the document has been taken for missing since."""
    StagedContent.objects.filter(document=document, document__stored_at=document.stored_at).delete()


def send(case: Case, kind: str, now: datetime) -> None:
    _do_again(case, (STEPS[kind],), now)


def _do_again(case: Case, steps: Collection[str], now: datetime) -> None:
    """Those of the steps that had succeeded; what has failed waits for a person."""
    if case.run is not None:
        ledger.reopen(case.run, [step for step in steps if case.has_done(step)], now=now)
