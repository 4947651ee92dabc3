"""The web application for gunicorn: ``gunicorn django_celery.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_celery.settings")

application = get_wsgi_application()
