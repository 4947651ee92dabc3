"""The forms that visitors fill in."""

from applications.forms.alerts import AlertForm
from applications.forms.apply import ApplyForm

__all__ = ["AlertForm", "ApplyForm"]
