"""The dossier: an application as a PDF that a hiring manager is glad to receive.

The only package that knows WeasyPrint. It reads the database and writes nothing.
"""

from applications.dossier.rendering import render, warm_up

__all__ = ["render", "warm_up"]
