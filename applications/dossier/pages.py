"""What is left of an upload: pages that may follow those of the dossier."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """``content`` is a PDF of nothing but ``count`` pages; both empty where they fit nowhere.

    ``was_active`` tells whether the upload held scripts, actions or files beside them.
    """

    content: bytes
    count: int
    was_active: bool


class PagesUnreadable(Exception):
    """The PDF is broken, locked or hostile: nobody can say what is in it."""
