"""Consent texts: published version by version, never edited."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from applications.admin.times import minute
from applications.models import Application, ConsentText


@admin.register(ConsentText)
class ConsentTextAdmin(ModelAdmin):
    """A version may be on an applicant's screen this minute, so none is changed: add a new one."""

    list_display = ("version", "published", "application_count", "opening")
    add_fieldsets = ((None, {"fields": ("body",)}),)
    fields = readonly_fields = ("words", "published")
    formfield_overrides: ClassVar = {
        models.TextField: {"widget": UnfoldAdminTextareaWidget({"rows": 20})}
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConsentText]:
        given = Application.objects.filter(consent=OuterRef("pk")).order_by().values("consent")
        counted = given.annotate(number=Count("pk")).values("number")
        number = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        texts: QuerySet[ConsentText] = super().get_queryset(request)
        return texts.annotate(consents=number)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str]:
        """A new version begins with the words of the newest."""
        newest = ConsentText.objects.first()
        return {
            **super().get_changeform_initial_data(request),
            "body": newest.body if newest else "",
        }

    def has_change_permission(self, _request: HttpRequest, _obj: ConsentText | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: ConsentText | None = None) -> bool:
        return False

    @admin.display(description=_("text"))
    def words(self, text: ConsentText) -> SafeString:
        return render_to_string("admin/applications/consenttext/words.html", {"text": text})

    @admin.display(description=_("version"), ordering="pk")
    def version(self, text: ConsentText) -> str:
        return str(text)

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, text: ConsentText) -> str:
        return minute(text.published_at)

    @admin.display(description=_("applications"), ordering="consents")
    def application_count(self, text: Any) -> str:
        return str(text.consents)

    @admin.display(description=_("begins with"))
    def opening(self, text: ConsentText) -> str:
        return Truncator(text.body).words(12)
