"""What waits for a person in all pipelines but Apply Now, whose runs are judged case by case."""

from collections.abc import Iterator

from django.db.models import QuerySet

from applications.models import Letter
from applications.pipeline import apply_now
from applications.services import doubt
from applications.services.reconciliation.findings import Finding, Problem
from pipelines.models import Run, StepRun


def findings() -> Iterator[Finding]:
    """Letters in doubt, and failed steps but for those that failed because of such a doubt."""
    doubtful: set[int] = set()
    for letter in _letters_in_doubt():
        steps = {step.pk: step.status for step in doubt.steps_of(letter)}
        # Its step may have settled the doubt before it ended.
        if doubt.is_undecided(letter) and _letters_in_doubt().filter(pk=letter.pk).exists():
            doubtful |= steps.keys()
            yield Finding(
                problem=Problem.LETTER_IN_DOUBT,
                subject=f"letter {letter.pk}",
                detail=letter.kind,
                is_told=StepRun.Status.FAILURE in steps.values(),
            )
    for step in _failed_steps().exclude(pk__in=doubtful):
        yield Finding(
            problem=Problem.STEP_FAILED,
            subject=str(step.run),
            detail=f"{step.name}: {step.error}",
            is_told=True,
        )


def _letters_in_doubt() -> QuerySet[Letter]:
    return Letter.objects.in_doubt().exclude(kind__in=doubt.STEPS).order_by("pk")


def _failed_steps() -> QuerySet[StepRun]:
    failed = StepRun.objects.filter(status=StepRun.Status.FAILURE, run__status=Run.Status.FAILED)
    return failed.exclude(run__pipeline=apply_now.name).select_related("run").order_by("pk")
