"""What ``manage.py pipelines`` can do: one module for each verb.

Each has ``add_to(verbs)``, which adds its parser, and answers with lines of plain text in which
nothing is personal: ids, names of steps, times and the ledger's safe error texts.
"""

from pipelines.management.verbs import listing, resuming, showing, sweeping

__all__ = ["listing", "resuming", "showing", "sweeping"]
