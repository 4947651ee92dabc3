"""The product's settings; in the workers its functions can be told to kill them (failpoints.py)."""

from django_celery.settings import *  # noqa: F403

CELERY_IMPORTS = ("tests.faults.failpoints",)
