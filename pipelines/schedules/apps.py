"""The clock's Django app: finds the schedules and makes pipelines of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SchedulesConfig(AppConfig):
    name = "pipelines.schedules"
    label = "schedules"
    verbose_name = _("Schedules")

    def ready(self) -> None:
        # These modules need the models, which exist only now.
        from pipelines import registry as pipelines  # noqa: PLC0415
        from pipelines import tasks as steps  # noqa: PLC0415
        from pipelines import worker  # noqa: PLC0415
        from pipelines.schedules import beat, checks, opening, registry, tasks  # noqa: F401, PLC0415

        for schedule in registry.discover():
            pipeline = registry.as_pipeline(schedule)
            pipelines.add(pipeline)
            steps.bind(pipeline)
        worker.look_after(opening.look, every=opening.LOOK)
        post_migrate.connect(beat.install_after_migrating, sender=self)
