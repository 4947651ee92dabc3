"""The form behind Apply Now."""

from applications.forms.apply import ApplyForm

__all__ = ["ApplyForm"]
