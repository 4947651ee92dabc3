"""What is asked of a visitor who wants to be reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemindForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
