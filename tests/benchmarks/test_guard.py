"""Nothing becomes dearer unnoticed: see guard.toml."""

import tomllib
from pathlib import Path

import pytest
from django.utils import timezone

from applications import dossier
from applications.models import Application, Question
from benchmarks import applicant
from benchmarks.empty.pipeline import empty
from pipelines import ledger, registry
from pipelines.execution import execute
from tests.benchmarks.counting import cost
from tests.factories import make_consent, make_job

pytestmark = pytest.mark.django_db

GUARD = Path(__file__).with_name("guard.toml")
TOLERATED = {"calls": 1.05, "queries": 1}
QUESTIONS = (
    (Question.Kind.LONG_TEXT, "What went wrong in something you built?"),
    (Question.Kind.YES_NO, "May you work in the EU?"),
    (Question.Kind.LINK, "Where can we see your work?"),
)


def hold(name, work):
    """Once to warm up, once to count."""
    work()
    counted = cost(work)
    allowed = tomllib.loads(GUARD.read_text())[name]
    excess = {
        key: f"{number} counted, {allowed[key]} allowed"
        for key, number in counted.items()
        if number > allowed[key] * TOLERATED[key]
    }
    assert not excess


@pytest.fixture
def job():
    make_consent()
    job = make_job(slug="backend-engineer")
    for position, (kind, label) in enumerate(QUESTIONS):
        job.questions.create(position=position, kind=kind, label=label)
    return job


@pytest.fixture
def post(client, job):
    """Sends the benchmarks' form, and gives what it led to."""
    questions = list(job.questions.all())

    def send():
        answer = client.post(f"/jobs/{job.slug}/apply/", applicant.form(questions))
        assert answer.status_code == 303

    return send


def test_a_dossier_costs_what_it_did(post):
    post()
    subject = Application.objects.get().pk
    hold(
        "render",
        lambda: dossier.render(Application.objects.get(pk=subject), photo=applicant.photo()),
    )


def test_a_post_costs_what_it_did(post):
    hold("post", post)


def test_a_step_costs_what_it_did(post, monkeypatch):
    post()
    monkeypatch.setattr(registry, "_pipelines", [empty])
    run = ledger.open_run(empty, Application.objects.get(), now=timezone.now())
    steps = iter(["first", "second"])

    hold("step", lambda: execute(run.pk, next(steps), 1, worker="guard"))
