"""The tasks and their chains. Between them the dossier lies in a file."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from celery import chain
from celery.canvas import Signature
from django.core.cache import cache

from applications.models import Application
from benchmarks import effects
from benchmarks.textbook import manuals
from benchmarks.textbook.celery import app

ENDED = "benchmarks.textbook.ended"


@app.task
def render(application_id: str) -> str:
    _file(application_id).write_bytes(effects.render(_application(application_id)))
    return application_id


@app.task
def store(application_id: str) -> str:
    effects.store(_application(application_id), _file(application_id).read_bytes())
    return application_id


@app.task
def render_by_the_manual(application_id: str) -> str:
    _file(application_id).write_bytes(manuals.render(_application(application_id)))
    return application_id


@app.task
def store_by_the_manual(application_id: str) -> str:
    manuals.store(_application(application_id), _file(application_id).read_bytes())
    return application_id


@app.task
def mail(application_id: str) -> None:
    application = _application(application_id)
    drawn = _file(application_id).read_bytes()
    effects.mail_hr(application, drawn)
    effects.mail_applicant(application, drawn)
    _file(application_id).unlink()
    cache.incr(ENDED)


def steps(application_id: UUID) -> Signature[Any]:
    """What a view would send off once it has inserted the application's rows."""
    return chain(render.s(str(application_id)), store.s(), mail.s())


def steps_by_the_manual(application_id: UUID) -> Signature[Any]:
    """The same, with the manuals' effects."""
    return chain(render_by_the_manual.s(str(application_id)), store_by_the_manual.s(), mail.s())


def _application(application_id: str) -> Application:
    return Application.objects.select_related("job").get(pk=application_id)


def _file(application_id: str) -> Path:
    return Path(tempfile.gettempdir(), f"{application_id}.pdf")
