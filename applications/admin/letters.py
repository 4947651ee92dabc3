"""Letters: a list that shows which are in doubt, and the two ways in which a person decides."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from unfold.decorators import display

from applications.admin.decisions import DECISIONS, Decision
from applications.admin.staff import record
from applications.admin.times import minute
from applications.models import Letter
from applications.services import doubt
from pipelines.admin.looking import ForLooking
from pipelines.admin.paging import LongPaginator


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> Iterable[tuple[str, Any]]:
        return (("doubt", _("In doubt")), ("sent", _("Accepted")), ("waiting", _("Not sent yet")))

    def queryset(self, _request: HttpRequest, letters: Any) -> QuerySet[Letter] | None:
        match self.value():
            case "doubt":
                return letters.in_doubt()
            case "sent":
                return letters.filter(sent_at__isnull=False)
            case "waiting":
                return letters.filter(sent_at__isnull=True, intent_at__isnull=True)
        return None


@admin.register(Letter)
class LetterAdmin(ForLooking):
    """For looking; what is in doubt is decided. Nothing else about a letter is ever changed."""

    # The words of a letter to the applicant hold the link to their page, which is theirs alone.
    exclude = ("text",)
    list_display = ("about_page", "kind", "state", "handed_over", "times")
    list_display_links = None
    list_filter = (StateFilter, "kind")
    list_select_related = ("application",)
    search_fields = ("application__reference", "about", "message_id__startswith")
    search_help_text = _("Reference, what it is about, or how the Message-ID begins")
    ordering = ("-pk",)
    list_per_page = 50
    paginator = LongPaginator
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                f"<int:pk>/{decision.name.replace('_', '-')}/",
                self._decision_view(decision),
                name=f"applications_letter_{decision.name}",
            )
            for decision in DECISIONS
        ] + super().get_urls()

    # --- the list ---------------------------------------------------------------------------

    @admin.display(description=_("about"), ordering="application__reference")
    def about_page(self, letter: Letter) -> SafeString | str:
        """Its application; without one what it is about, and if in doubt the ways to decide."""
        if letter.application is None:
            decisions = [(each, _address(each, letter)) for each in DECISIONS]
            context = {"letter": letter, "decisions": decisions}
            return render_to_string("admin/applications/letter/about.html", context)
        return format_html(
            '<a class="bo-link bo-code" href="{}">{}</a>',
            _page(letter),
            letter.application.reference,
        )

    @display(
        description=_("state"),
        label={"accepted": "success", "in doubt": "warning", "not sent yet": "info"},
    )
    def state(self, letter: Letter) -> tuple[str, str | Promise]:
        if letter.sent_at:
            return "accepted", _("accepted")
        return (
            ("in doubt", _("in doubt")) if letter.intent_at else ("not sent yet", _("not sent yet"))
        )

    @admin.display(description=_("handed over"), ordering="intent_at")
    def handed_over(self, letter: Letter) -> str | None:
        return minute(letter.intent_at) if letter.intent_at else None

    @admin.display(description=_("copies"), ordering="intents")
    def times(self, letter: Letter) -> int:
        return letter.intents

    # --- deciding ---------------------------------------------------------------------------

    def _decision_view(self, decision: Decision) -> Callable[..., HttpResponse]:
        view = require_http_methods(["GET", "HEAD", "POST"])(partial(self.decide, decision))
        return self.admin_site.admin_view(view)

    def decide(self, decision: Decision, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether it is meant, then do it. Raises PermissionDenied and Http404."""
        if not request.user.has_perm("applications.change_letter"):
            raise PermissionDenied
        letter = get_object_or_404(Letter.objects.select_related("application"), pk=pk)
        if not doubt.is_undecided(letter):
            self.message_user(request, _("There is nothing to decide about this letter any more."))
        elif request.method != "POST":
            return self._ask(decision, request, letter)
        elif decision.decide(letter, now=timezone.now()):
            _record(decision, request, letter)
            self.message_user(request, str(decision.done), messages.SUCCESS)
        return HttpResponseRedirect(_page(letter))

    def _ask(self, decision: Decision, request: HttpRequest, letter: Letter) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": decision.question,
            "decision": decision,
            "letter": letter,
            "about": _about(letter),
            "page": _page(letter),
        }
        return TemplateResponse(request, "admin/applications/letter/decide.html", context)


def _address(decision: Decision, letter: Letter) -> str:
    return reverse(f"admin:applications_letter_{decision.name}", args=(letter.pk,))


def _page(letter: Letter) -> str:
    """The application's page, else the list of letters, for a letter has no page of its own."""
    if letter.application is None:
        return reverse("admin:applications_letter_changelist")
    return reverse("admin:applications_application_change", args=(letter.application.pk,))


def _about(letter: Letter) -> str:
    """What it is about, for people and for histories: no name outlives the application."""
    return letter.application.reference if letter.application else letter.about


def _record(decision: Decision, request: HttpRequest, letter: Letter) -> None:
    """Into the history of the application, else of the letter."""
    message = decision.log % letter.get_kind_display()
    record(request, letter.application or letter, name=_about(letter), message=message)
