"""Job alerts: asking for one, confirming it, ending it.

Asking and ending take no CSRF token. They stand on no cookie, so there is nobody's authority that
a forged request could borrow: whoever asks has to show that the mailbox is theirs, and ending is
what RFC 8058 has mail programs do by a POST of their own.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from applications import limits, robots
from applications.forms import AddressForm
from applications.models import Alert
from applications.services.alerts import subscribing
from applications.services.search import Search
from applications.views.guards import answers_outages, is_private, is_private_form
from applications.views.objections import too_often_notice, trap_notice


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@answers_outages
@is_private
def ask_alert(request: HttpRequest) -> HttpResponse:
    """The form for the search in the address; POST: 303 to the same page for every mailbox."""
    if request.method != "POST":
        return _form(request, AddressForm())
    form = AddressForm(request.POST)
    if robots.is_caught(request.POST):
        return _form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY, trap_notice())
    if not form.is_valid():
        return _form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    wait = limits.count_alert(request, form.cleaned_data["email"])
    if wait:
        return _too_many(request, form, wait)
    search = Search.read(request.GET)
    subscribing.ask(form.cleaned_data["email"], search, now=timezone.now())
    return HttpResponseRedirect(reverse("alert_asked"), status=HTTPStatus.SEE_OTHER)


@require_safe
@is_private
def alert_asked(request: HttpRequest) -> HttpResponse:
    """What to do next."""
    return render(request, "applications/alerts/asked.html", {"days": Alert.CONFIRM_WITHIN.days})


@require_http_methods(["GET", "HEAD", "POST"])
@answers_outages
@is_private_form
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it is meant, or say that it is in force; POST: confirm it.

    No GET confirms: programs that look into letters follow links.
    """
    found = subscribing.find(token, now=timezone.now())
    if found is None:
        return _unknown(request)
    if request.method == "POST":
        found = subscribing.confirm(found, now=timezone.now())
        return HttpResponseRedirect(found.get_absolute_url(), status=HTTPStatus.SEE_OTHER)
    return render(request, "applications/alerts/alert.html", {"alert": found})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@answers_outages
@is_private
def end_alert(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it is meant; POST: end it, by a person or in one click (RFC 8058).

    A POST is answered with 200 and no redirect, as section 3.1 asks, and as often as it comes.
    """
    if request.method == "POST":
        subscribing.end(token)
        return render(request, "applications/alerts/ended.html")
    found = subscribing.find(token, now=timezone.now())
    if found is None:
        return _unknown(request)
    return render(request, "applications/alerts/end.html", {"alert": found})


def _form(
    request: HttpRequest, form: AddressForm, status: HTTPStatus = HTTPStatus.OK, notice: str = ""
) -> HttpResponse:
    context = {"form": form, "notice": notice, "search": Search.read(request.GET)}
    return render(request, "applications/alerts/ask.html", context, status=status)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "applications/alerts/unknown.html", status=HTTPStatus.NOT_FOUND)


def _too_many(request: HttpRequest, form: AddressForm, wait: int) -> HttpResponse:
    page = _form(request, form, HTTPStatus.TOO_MANY_REQUESTS, too_often_notice(wait))
    page.headers["Retry-After"] = str(wait)
    return page
