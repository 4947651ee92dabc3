"""Durable pipelines: the database holds the truth, Celery carries it."""
