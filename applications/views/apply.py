"""Apply Now: from the address of the form to an Attempt."""

from collections.abc import Callable, Mapping
from typing import TypeAlias
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from applications.forms import ApplyForm
from applications.models import ConsentText, Job, Question
from applications.services import keeping
from applications.services.submission import find_submitted
from applications.uploads import Upload
from applications.views.attempt import Attempt, answer, show, to_its_page
from applications.views.guards import answers_outages, refuses_large_bodies
from applications.views.positions import find_announced, no_longer_open, not_ready
from applications.views.review import review

Respond: TypeAlias = Callable[[HttpRequest, Attempt], HttpResponse]

# The buttons beside Apply Now, which has no name: without one of them a POST is the contract's.
_BUTTONS: Mapping[str, Respond] = {"review": review, "edit": show}


@csrf_exempt  # until the size of the body is known; then csrf_protect does the middleware's work
@refuses_large_bodies
@answers_outages
@csrf_protect
# May be kept for the way back, with all that was typed and the same key; never shown unasked.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a position, and its POST: 303, or the form again with what is wrong.

    A POST with ``review`` shows what would be sent, one with ``edit`` goes back to the form; both
    accept nothing.
    """
    if request.method == "POST":
        return _post(request, slug)
    return _with_form(request, slug, uuid4(), {}, show)


def _post(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST without a ``submission_key`` is a first one."""
    key = _posted_key(request) or uuid4()
    # Read before the look for a first POST, which deletes them: so one or the other is found.
    kept = keeping.kept(key)
    first = find_submitted(key)
    if first is not None:
        return to_its_page(first)
    return _with_form(request, slug, key, kept, _pressed(request.POST))


def _pressed(posted: QueryDict) -> Respond:
    return next((_BUTTONS[name] for name in _BUTTONS if name in posted), answer)


def _posted_key(request: HttpRequest) -> UUID | None:
    """Any text is a key; the form's own are UUIDs, and others are named by one (RFC 9562)."""
    text = request.POST.get("submission_key", "").strip()
    try:
        return UUID(text)
    except ValueError:
        return uuid5(NAMESPACE_OID, text) if text else None


def _with_form(
    request: HttpRequest,
    slug: str,
    key: UUID,
    kept: Mapping[str, Upload],
    respond: Respond,
) -> HttpResponse:
    now = timezone.now()
    job = find_announced(slug, now)
    if not job.is_open(now):
        return no_longer_open(request, job, _written(request.POST, job))
    consent = ConsentText.objects.first()
    if consent is None:
        return not_ready()
    form = _form(request, job, consent, kept)
    return respond(request, Attempt(job=job, key=key, form=form, kept=kept, now=now))


def _written(posted: QueryDict, job: Job) -> list[tuple[str, str]]:
    """The texts of a form that came too late, by their labels, as they were typed."""
    asked = [(gettext("Cover letter"), "cover_letter")]
    texts = job.questions.filter(kind__in=(Question.Kind.SHORT_TEXT, Question.Kind.LONG_TEXT))
    asked += [(question.label, question.field_name) for question in texts]
    return [(label, str(posted[name])) for label, name in asked if posted.get(name, "").strip()]


def _form(
    request: HttpRequest, job: Job, consent: ConsentText, kept: Mapping[str, Upload]
) -> ApplyForm:
    is_sent = request.method == "POST" and "edit" not in request.POST
    return ApplyForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        questions=list(job.questions.all()),
        consent=consent,
        kept=kept,
        typed=request.POST,
    )
