"""The texts that a planned letter can begin with."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from applications import branding
from applications.admin.staff import person
from applications.models import Application

# Each is a template beside the letter's own: its first line is the subject.
_TITLES: dict[str, str | Promise] = {
    "free": _("Free text"),
    "invitation": _("Invitation"),
    "rejection": _("Rejection"),
}


@dataclass(frozen=True)
class Draft:
    """One of the choices, and whether it is the one that is shown."""

    name: str
    title: str | Promise
    is_shown: bool


def drafts(request: HttpRequest) -> list[Draft]:
    """All choices, in their order."""
    shown = _name(request)
    return [Draft(name, title, name == shown) for name, title in _TITLES.items()]


def chosen(request: HttpRequest, application: Application) -> dict[str, str]:
    """Subject and text of the choice in ``?draft=``, in which only names are filled in.

    In the language of the letters, whichever the reader's back office has.
    """
    user = person(request)
    context = {
        "application": application,
        "signature": "\n".join(filter(None, (user.get_full_name(), str(branding.current())))),
    }
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(f"letters/planned_letter/{_name(request)}.txt", context)
    subject, _empty_line, body = text.partition("\n\n")
    return {"subject": subject.strip(), "body": body.strip()}


def _name(request: HttpRequest) -> str:
    name = request.GET.get("draft", "")
    return name if name in _TITLES else "free"
