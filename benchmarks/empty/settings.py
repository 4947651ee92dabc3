"""The product's settings, and the empty pipeline beside the product's own."""

from django_celery import settings as product
from django_celery.settings import *  # noqa: F403 - all of them, and one app more

INSTALLED_APPS = [*product.INSTALLED_APPS, "benchmarks.empty"]
