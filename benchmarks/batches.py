"""Applications in number: accepted here, delivered by the workers."""

import time
from collections.abc import Callable, Collection, Mapping
from uuid import UUID, uuid4

from django.utils import timezone

from applications.models import Application, ConsentText, Document, Job
from applications.services.submission import GivenAnswer, Person, submit
from applications.uploads import Upload
from benchmarks import applicant
from benchmarks.visitor import SLUG
from pipelines.models import Run

_PAUSE = 0.05
_LIMIT = 180.0


class TooSlow(Exception):
    """What was waited for did not happen in time."""


def accept(count: int) -> list[Application]:
    """As many applications as if they had come through the form: kept, and sent to the broker."""
    job = Job.objects.prefetch_related("questions").get(slug=SLUG)
    return [_accept(job) for _number in range(count)]


def _accept(job: Job) -> Application:
    questions = job.questions.all()
    return submit(
        job=job,
        submission_key=uuid4(),
        person=Person(
            full_name=applicant.FULL_NAME,
            email=applicant.EMAIL,
            phone=applicant.PHONE,
            cover_letter=applicant.cover_letter(),
        ),
        answers=[GivenAnswer(question=q, value=applicant.answer_to(q)) for q in questions],
        consent=ConsentText.objects.latest(),
        uploads=_uploads(),
        now=timezone.now(),
    )


def _uploads() -> Mapping[Document.Kind, Upload]:
    return {
        Document.Kind.RESUME: Upload(
            filename="cv.pdf",
            content_type="application/pdf",
            content=applicant.resume(),
        ),
        Document.Kind.PHOTO: Upload(
            filename="portrait.jpg",
            content_type="image/jpeg",
            content=applicant.photo(),
        ),
    }


def wait_until_done(pipeline: str, subjects: Collection[UUID], *, pause: float = _PAUSE) -> None:
    """Return when the runs of these subjects are done. Raises TooSlow."""
    runs = Run.objects.filter(pipeline=pipeline, subject_id__in=[str(pk) for pk in subjects])
    done = runs.filter(status=Run.Status.DONE)
    wait_until(lambda: done.count() == len(subjects), what=f"{pipeline} runs", pause=pause)


def wait_until(condition: Callable[[], bool], *, what: str, pause: float = _PAUSE) -> None:
    """Look again every ``pause`` seconds. Raises TooSlow."""
    give_up = time.monotonic() + _LIMIT
    while not condition():
        if time.monotonic() > give_up:
            raise TooSlow(f"After {_LIMIT:.0f} seconds there were still open {what}.")
        time.sleep(pause)
