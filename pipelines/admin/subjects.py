"""What runs are about, for people: named and linked as far as a person may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pipelines import registry
from pipelines.models import Run


@dataclass(frozen=True, slots=True)
class Subject:
    """``address`` is empty where there is no page, or none that this person may open."""

    text: str
    address: str = ""


def subjects_of(runs: Iterable[Run], request: HttpRequest, site: AdminSite) -> dict[UUID, Subject]:
    """Each run's subject, with one query for each pipeline among them."""
    by_pipeline = attrgetter("pipeline")
    return {
        pk: subject
        for pipeline, group in groupby(sorted(runs, key=by_pipeline), key=by_pipeline)
        for pk, subject in _of_pipeline(pipeline, list(group), request, site).items()
    }


def _of_pipeline(
    pipeline: str, runs: list[Run], request: HttpRequest, site: AdminSite
) -> dict[UUID, Subject]:
    try:
        model = registry.find_pipeline(pipeline).subject
    except registry.UnknownPipeline:
        return {run.pk: Subject(run.subject_id) for run in runs}
    if not _may_open(model, request, site):
        return {run.pk: Subject(f"{model.__name__} {run.subject_id}") for run in runs}
    model_admin = site.get_model_admin(model)
    found = model_admin.get_queryset(request).filter(pk__in={run.subject_id for run in runs})
    subjects = {str(subject.pk): _linked(subject, model_admin) for subject in found}
    gone = Subject(_("No longer there: %s") % model_admin.opts.verbose_name)
    return {run.pk: subjects.get(run.subject_id, gone) for run in runs}


def _may_open(model: type[Model], request: HttpRequest, site: AdminSite) -> bool:
    return site.is_registered(model) and site.get_model_admin(model).has_view_permission(request)


def _linked(subject: Model, model_admin: ModelAdmin[Any]) -> Subject:
    site, opts = model_admin.admin_site, model_admin.opts
    name = f"{site.name}:{opts.app_label}_{opts.model_name}_change"
    return Subject(str(subject), reverse(name, args=(subject.pk,)))
