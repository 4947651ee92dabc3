"""The textbook chain: ``chain(render, store, mail)`` with Celery's defaults, and the same effects.

Neither ledger nor sweep nor events: what a tutorial begins with. A killed worker loses the task
that it runs, an emptied broker all that wait, and nobody would know.
"""
