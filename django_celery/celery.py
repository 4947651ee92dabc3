"""The Celery app: ``celery -A django_celery worker | beat | flower`` finds it here."""

import os

from celery import Celery

from django_celery.env import BASE_DIR

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_celery.settings")
# Flower reads its options from here, so that the bare command is safe too.
# https://flower.readthedocs.io/en/latest/config.html
os.environ.setdefault("FLOWER_CONF", str(BASE_DIR / "django_celery" / "flowerconfig.py"))

app = Celery("django_celery", include=["django_celery.warm_up"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
