"""The stable link to a document that HR's letters carry: behind a login, signed on click."""

from datetime import timedelta
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from unfold.admin import ModelAdmin

from applications import storage
from applications.admin.staff import record
from applications.models import Document, StagedContent

# Long enough for a slow browser to follow a redirect, too short to be passed on.
_SIGNED_FOR = timedelta(minutes=2)
_SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


@admin.register(Document)
class DocumentAdmin(ModelAdmin):
    """Documents have no pages of their own; an application's page lists them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.open_document))
        return [path("<uuid:pk>/open/", view, name="applications_document_open")]

    def has_module_permission(self, _request: HttpRequest) -> bool:
        return False

    def open_document(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The document, for staff who may view documents; each opening is in the history.

        A redirect to a link that dies in minutes; the bytes themselves while they wait in the
        database for the object store; back to the application if it is locked or
        the store's keys are missing.
        Raises PermissionDenied and Http404.
        """
        documents = Document.objects.select_related("application", "staged")
        document = get_object_or_404(documents, pk=pk)
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        if document.is_locked:
            return _locked(request, document)
        try:
            response = _stored(document) if document.stored_at else _waiting(document)
        except storage.StorageUnavailable as error:
            messages.error(request, str(error))
            return _back(document)
        _record(request, document)
        return response


def _locked(request: HttpRequest, document: Document) -> HttpResponse:
    messages.warning(request, f"{document.label}: {document.get_caution_display()}")
    return _back(document)


def _back(document: Document) -> HttpResponse:
    return HttpResponseRedirect(
        reverse("admin:applications_application_change", args=[document.application_id])
    )


def _stored(document: Document) -> HttpResponse:
    return HttpResponseRedirect(
        storage.link(document.key, filename=document.filename, expires=_SIGNED_FOR)
    )


def _waiting(document: Document) -> HttpResponse:
    """The bytes as they were uploaded: nothing in them may run in our name."""
    staged: StagedContent | None = getattr(document, "staged", None)
    if staged is None:
        raise Http404(_("This file is in neither the database nor the object store."))
    is_download = document.content_type not in _SHOWN
    headers = {
        "Content-Type": document.content_type,
        "Content-Disposition": content_disposition_header(is_download, document.filename),
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(staged.content), headers=headers)


def _record(request: HttpRequest, document: Document) -> None:
    """Into the application's history."""
    application = document.application
    message = f"Opened: {document.label}."
    record(request, application, name=application.reference, message=message)
