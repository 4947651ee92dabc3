"""Where everything is."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from django_celery import health, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("staff/", admin.site.urls),
    path("", include("applications.urls")),
]
