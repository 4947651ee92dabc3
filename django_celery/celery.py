"""The Celery app: ``celery -A django_celery worker | beat | flower`` finds it here."""

import os
from typing import Any, Self

from celery import Celery
from celery.app.amqp import AMQP
from kombu import Connection

from django_celery.env import BASE_DIR, drop_empty

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_celery.settings")
# Flower reads its options from here, so that the bare command is safe too.
# https://flower.readthedocs.io/en/latest/config.html
# It reads FLOWER_* by itself, too, and an empty value would be none of its numbers.
drop_empty("FLOWER_")
os.environ.setdefault("FLOWER_CONF", str(BASE_DIR / "django_celery" / "flowerconfig.py"))


class _Connection(Connection):
    """Whoever waits for the broker knocks every two seconds.

    Kombu's waits grow up to 30 s, and a worker would be as late when the broker is back.
    """

    def ensure_connection(self, *args: Any, **options: Any) -> Self:
        return super().ensure_connection(*args, **{"interval_step": 0, **options})


class _AMQP(AMQP):
    Connection = _Connection


app = Celery("django_celery", amqp=_AMQP, include=["django_celery.warm_up"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
