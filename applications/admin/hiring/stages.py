"""Moving applications from stage to stage: one from its page, many from the list."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.admin.hiring.pages import application_of, back, refusals_told
from applications.admin.staff import person
from applications.models import Application
from applications.services.hiring import stages

Stage = Application.Stage
Action = Callable[[ModelAdmin[Application], HttpRequest, QuerySet[Application]], None]


def move(request: HttpRequest, pk: object, *, model_admin: ModelAdmin[Application]) -> HttpResponse:
    """Move one application to the stage that was chosen on its page."""
    application = application_of(request, pk)
    to = request.POST.get("stage", "")
    if to not in stages.OFFERED:
        model_admin.message_user(request, _("Choose a stage from the list."), messages.ERROR)
        return back(application)
    with refusals_told(model_admin, request):
        moved = stages.move(application, Stage(to), by=person(request), now=timezone.now())
        sentence = _("The stage is now: %s.") if moved else _("The stage was this already: %s.")
        model_admin.message_user(request, sentence % Stage(to).label, messages.SUCCESS)
    return back(application)


def actions() -> Iterable[Action]:
    """An action for each stage that the list can move applications to."""
    return [_action(to) for to in stages.OFFERED]


def _action(to: Application.Stage) -> Action:
    @admin.action(description=gettext_lazy("Move to: %s") % to.label, permissions=["handle"])
    def action(
        model_admin: ModelAdmin[Application],
        request: HttpRequest,
        queryset: QuerySet[Application],
    ) -> None:
        _move_all(model_admin, request, queryset, to)

    action.__name__ = f"move_to_{to.value}"
    return action


def _move_all(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    applications: QuerySet[Application],
    to: Application.Stage,
) -> None:
    """Each in a transaction of its own: what is moved stays moved, and all of it is told."""
    moved, there, refused = 0, 0, 0
    for application in applications.order_by("pk").select_related(None).only("pk"):
        try:
            if stages.move(application, to, by=person(request), now=timezone.now()):
                moved += 1
            else:
                there += 1
        except stages.StageRefused:
            refused += 1
    model_admin.message_user(request, _told(to, moved, there), messages.SUCCESS)
    if refused:
        model_admin.message_user(request, _left(refused), messages.WARNING)


def _told(to: Application.Stage, moved: int, there: int) -> str:
    sentence = ngettext(
        "%(number)d application was moved to: %(stage)s.",
        "%(number)d applications were moved to: %(stage)s.",
        moved,
    ) % {"number": moved, "stage": to.label}
    if not there:
        return sentence
    return f"{sentence} {_('There already: %d.') % there}"


def _left(refused: int) -> str:
    return (
        ngettext(
            "%d application was left as it is: it is hired or withdrawn.",
            "%d applications were left as they are: they are hired or withdrawn.",
            refused,
        )
        % refused
    )
