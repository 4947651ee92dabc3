"""The forms that visitors fill in."""

from applications.forms.address import AddressForm
from applications.forms.apply import ApplyForm

__all__ = ["AddressForm", "ApplyForm"]
