"""The product's settings, with the bare site's addresses and no middleware."""

from django_celery.settings import *  # noqa: F403 - all of them, that is the point

ROOT_URLCONF = "benchmarks.bare.urls"
MIDDLEWARE = []
