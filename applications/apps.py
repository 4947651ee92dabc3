"""The domain's Django app."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("Hiring")

    def ready(self) -> None:
        # It needs the models, which exist only now.
        from applications.groups import make_hr_group  # noqa: PLC0415

        # For the last app of all: by then every permission is there.
        post_migrate.connect(make_hr_group, sender=apps.get_app_config("pipelines"))
