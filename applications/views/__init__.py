"""The public pages."""

from applications.views.apply import apply
from applications.views.positions import job, jobs
from applications.views.receipt import application, application_json
from applications.views.styles import styles

__all__ = ["application", "application_json", "apply", "job", "jobs", "styles"]
