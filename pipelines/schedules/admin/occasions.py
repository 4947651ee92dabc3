"""Occasions have no page of their own: a run's page leads from one to its schedule."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pipelines.admin.looking import ForLooking
from pipelines.schedules.models import Entry, Occasion


@admin.register(Occasion)
class OccasionAdmin(ForLooking):
    """In no menu, and never written by hand."""

    def has_module_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return request.user.has_perm("schedules.view_entry")

    def change_view(
        self, _request: HttpRequest, object_id: str, *_args: Any, **_options: Any
    ) -> HttpResponseRedirect:
        """Its schedule's page, else the list of them. Raises Http404."""
        occasion = get_object_or_404(Occasion, pk=object_id)
        row = Entry.objects.filter(name=occasion.schedule).first()
        if row is None:
            return HttpResponseRedirect(reverse("admin:schedules_entry_changelist"))
        address = reverse("admin:schedules_entry_change", args=(row.pk,))
        return HttpResponseRedirect(address)
