"""Filters of runs, offering what this release knows: to look for others would read every run."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pipelines.models import Run, StepRun
from pipelines.registry import all_pipelines


class PipelineFilter(admin.SimpleListFilter):
    """Runs of one pipeline."""

    title = _("pipeline")
    parameter_name = "pipeline"

    def lookups(self, _request: HttpRequest, _admin: Any) -> Iterator[tuple[str, str]]:
        return ((pipeline.name, pipeline.name) for pipeline in all_pipelines())

    def queryset(self, _request: HttpRequest, runs: QuerySet[Run]) -> QuerySet[Run]:
        return runs.filter(pipeline=self.value()) if self.value() else runs


class FailedStepFilter(admin.SimpleListFilter):
    """Runs that failed at one step; what an older release's failed at is found by its status."""

    title = _("failed step")
    parameter_name = "failed_step"

    def lookups(self, _request: HttpRequest, _admin: Any) -> Iterator[tuple[str, str]]:
        for pipeline in all_pipelines():
            for step in pipeline.steps:
                name = pipeline.task_name(step.name)
                yield name, name

    def queryset(self, _request: HttpRequest, runs: QuerySet[Run]) -> QuerySet[Run]:
        if not self.value():
            return runs
        pipeline, _dot, step = str(self.value()).rpartition(".")
        return runs.filter(
            pipeline=pipeline,
            pk__in=StepRun.objects.filter(name=step, status=StepRun.Status.FAILURE).values("run"),
        )
