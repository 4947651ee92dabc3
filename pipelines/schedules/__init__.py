"""The clock: stories that begin at due times, each once per due time, on the ledger.

A Django app of its own, for projects that have django-celery-beat. It comes after ``pipelines``
in INSTALLED_APPS.
"""
