"""Rows that the program alone writes."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin


class ForLooking(ModelAdmin):
    """Nobody adds, changes or deletes these by hand; who may view them still sees them."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
