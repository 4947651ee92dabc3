"""Links to the back office, for letters and dossiers: they last, and ask for a login."""

from django.conf import settings
from django.urls import reverse

from applications.models import Application, Document, Employee


def application_url(application: Application) -> str:
    return _url("applications_application_change", application.pk)


def document_url(document: Document) -> str:
    """Opens the document: the link to its bytes is signed on the click."""
    return _url("applications_document_open", document.pk)


def employee_url(employee: Employee) -> str:
    return _url("applications_employee_change", employee.pk)


def _url(name: str, pk: object) -> str:
    return settings.SITE_URL + reverse(f"admin:{name}", args=[pk])
