"""Who is at work in the back office, and the history of what they did."""

from typing import cast

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest


def person(request: HttpRequest) -> User:
    """Who is signed in. For views behind the back office's login: others have nobody there."""
    return cast("User", request.user)


def record(request: HttpRequest, subject: Model, *, name: str, message: str) -> None:
    """Note in the history of ``subject`` what was done, and by whom.

    ``name`` is what the history calls it: a reference, because no name outlives an application.
    """
    LogEntry.objects.create(
        user=person(request),
        content_type=ContentType.objects.get_for_model(subject),
        object_id=str(subject.pk),
        object_repr=name,
        action_flag=CHANGE,
        change_message=message,
    )
