"""What a visitor fills in to hear of us: of new positions, or before one closes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """An address; what they will hear of is that of the page."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address such as name@example.org."),
        },
    )

    def add_error(self, field: str | None, error: Any) -> None:
        """Whoever does not see the page is led to what is wrong."""
        super().add_error(field, error)
        self.fields["email"].widget.attrs["autofocus"] = True
