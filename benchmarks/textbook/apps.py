"""The library's Django apps with their tables alone: no sweep runs in the worker."""

from django.apps import AppConfig


class Pipelines(AppConfig):
    name = "pipelines"


class Schedules(AppConfig):
    name = "pipelines.schedules"
    label = "schedules"
