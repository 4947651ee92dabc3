"""The bare site's addresses."""

from django.urls import path

from benchmarks.bare import views

urlpatterns = [
    path("healthz", views.healthz),
    path("jobs/<slug:slug>/apply/", views.apply),
]
