"""A mail server whose letters a person reads in the browser, and which fails when told to.

It stands in for the world's mail servers in ``make run``, the journeys and the fault suite:
whatever is sent to it stays here. It runs as a process of its own:
``python -m django_celery.local.inbox --smtp-port 1025 --http-port 8025 --dir var/inbox``.
"""
