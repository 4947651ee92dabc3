"""The library's Django app: finds the pipelines and gives each step its Celery task."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pipelines import registry


class PipelinesConfig(AppConfig):
    name = "pipelines"
    verbose_name = _("Pipelines")

    def ready(self) -> None:
        # These modules need the models, which exist only now.
        from pipelines import checks, tasks, worker  # noqa: F401, PLC0415

        registry.discover()
        tasks.bind_steps()
