"""The back office of the domain: positions to write, applications to read.

Applications, their documents and their letters are never written by hand here; people decide what
becomes of an application, and about a letter in doubt.
"""

from applications.admin import (
    accounts,
    alerts,
    applications,
    brand,
    consent,
    documents,
    employees,
    erasures,
    letters,
    positions,
    reports,
)

__all__ = [
    "accounts",
    "alerts",
    "applications",
    "brand",
    "consent",
    "documents",
    "employees",
    "erasures",
    "letters",
    "positions",
    "reports",
]
