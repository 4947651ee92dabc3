"""The back office of the domain: positions to write, applications to read.

Applications, their documents and their letters are never written by hand here; a person decides
about a letter in doubt.
"""

from applications.admin import accounts, applications, consent, documents, letters, positions

__all__ = ["accounts", "applications", "consent", "documents", "letters", "positions"]
