"""The dossier: an application as a PDF that a hiring manager is glad to receive.

The only package that knows WeasyPrint and pypdf. It reads the database and writes nothing.
What else is to become a PDF is typeset here too.
"""

from applications.dossier.pages import Pages, PagesUnreadable
from applications.dossier.photo import PhotoUnreadable, shown
from applications.dossier.reducing import pages_of
from applications.dossier.rendering import render, typeset, warm_up

__all__ = [
    "Pages",
    "PagesUnreadable",
    "PhotoUnreadable",
    "pages_of",
    "render",
    "shown",
    "typeset",
    "warm_up",
]
