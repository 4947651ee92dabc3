"""What a visitor fills in to hear of new positions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AlertForm(forms.Form):
    """An address; the search is that of the page."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address such as name@example.org."),
        },
    )
