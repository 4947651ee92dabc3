"""What is wrong with an application, judged from its rows and from what the store holds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from applications.models import Document
from applications.pipeline.apply_now import render_dossier, store_dossier
from applications.services.doubt import STEPS
from applications.services.reconciliation import repairs
from applications.services.reconciliation.cases import Case
from applications.services.reconciliation.findings import Finding, Problem
from applications.storage import Condition
from pipelines.models import Run, StepRun

# What the object store says about a stored document.
Look = Callable[[Document], Condition]

_ENDED = (StepRun.Status.SUCCESS, StepRun.Status.FAILURE)
_REMEDIES: Mapping[Problem, Callable[[Case, Document, datetime], None]] = {
    Problem.DOSSIER_LOST: repairs.draw_again,
    Problem.NOT_STORED: repairs.store_again,
    Problem.STAGED_LEFT: repairs.clear,
}


def judge(case: Case, look: Look) -> Iterator[Finding]:
    """Everything that is wrong with it. What is still on its way is not wrong."""
    if case.run is None:
        yield Finding(
            problem=Problem.NO_RUN,
            subject=case.reference,
            put_right=partial(repairs.open_run, case),
        )
        return
    if case.run.status == Run.Status.CANCELLED:
        # Withdrawn: what is missing is not to be made any more.
        return
    yield from _documents(case, look)
    yield from _letters(case)
    yield from _failures(case)


def _documents(case: Case, look: Look) -> Iterator[Finding]:
    problems = [(document, _of_document(case, document, look)) for document in case.documents]
    if any(_is_drawn(each) and problem is Problem.ORIGINAL_LOST for each, problem in problems):
        problems = [(document, _UNDRAWABLE.get(problem, problem)) for document, problem in problems]
    for document, problem in problems:
        if problem is not None and (not problem.needs_person or _is_there(document)):
            yield _about(case, document, problem)
    if case.has_done(render_dossier.name) and not any(map(_is_dossier, case.documents)):
        yield _dossier_without_row(case)


_UNDRAWABLE: dict[Problem | None, Problem] = {Problem.DOSSIER_LOST: Problem.DOSSIER_UNDRAWABLE}


def _about(case: Case, document: Document, problem: Problem) -> Finding:
    remedy = _REMEDIES.get(problem)
    return Finding(
        problem=problem,
        subject=case.reference,
        detail=document.stem,
        put_right=partial(remedy, case, document) if remedy else None,
    )


def _dossier_without_row(case: Case) -> Finding:
    return Finding(
        problem=Problem.DOSSIER_LOST,
        subject=case.reference,
        detail=Document.Kind.DOSSIER,
        put_right=partial(repairs.draw, case),
    )


def _of_document(case: Case, document: Document, look: Look) -> Problem | None:
    is_staged = document.pk in case.staged
    if document.stored_at and look(document) is Condition.SOUND:
        return Problem.STAGED_LEFT if is_staged else None
    if is_staged:
        return Problem.NOT_STORED if case.has_done(store_dossier.name) else None
    if _is_dossier(document):
        return Problem.DOSSIER_LOST if case.has_done(render_dossier.name) else None
    return Problem.ORIGINAL_LOST


def _is_there(document: Document) -> bool:
    """Whether its row still is; with an application that is erased it goes before the object."""
    return Document.objects.filter(pk=document.pk).exists()


def _is_drawn(document: Document) -> bool:
    """Whether the dossier cannot be drawn without it."""
    is_read = document.kind == Document.Kind.PHOTO or document.content_type == "application/pdf"
    return is_read and not document.is_locked


def _is_dossier(document: Document) -> bool:
    return document.kind == Document.Kind.DOSSIER


def _letters(case: Case) -> Iterator[Finding]:
    for kind, step in STEPS.items():
        letter = case.letter(kind)
        if letter is not None and letter.is_in_doubt:
            if case.status(step) in _ENDED:
                yield Finding(
                    problem=Problem.LETTER_IN_DOUBT,
                    subject=case.reference,
                    detail=kind,
                    is_told=case.status(step) == StepRun.Status.FAILURE,
                )
        elif case.has_done(step) and (letter is None or letter.sent_at is None):
            yield Finding(
                problem=Problem.LETTER_UNSENT,
                subject=case.reference,
                detail=kind,
                put_right=partial(repairs.send, case, kind),
            )


def _failures(case: Case) -> Iterator[Finding]:
    """Failed steps, but for those that failed because of a doubt that is told already."""
    doubtful = {STEPS[letter.kind] for letter in case.letters if letter.is_in_doubt}
    for step in case.steps:
        if step.status == StepRun.Status.FAILURE and step.name not in doubtful:
            yield Finding(
                problem=Problem.STEP_FAILED,
                subject=case.reference,
                detail=f"{step.name}: {step.error}",
                is_told=True,
            )
