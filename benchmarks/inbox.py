"""What HR finds in the inbox, and when it came."""

import re
from collections.abc import Set as AbstractSet
from pathlib import Path
from uuid import UUID

from django.conf import settings

_HEAD = 4096
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f-]{36})\.", re.MULTILINE)


class Inbox:
    """The inbox's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "new"

    def files(self) -> set[Path]:
        return set(self._folder.glob("*.eml"))

    def for_hr(self, before: AbstractSet[Path]) -> dict[UUID, float]:
        """When letters to HR came that were not there ``before``, by the application's id.

        The time is that of the file's last change, in seconds since 1970.
        """
        found = ((_application_for_hr(path), path) for path in self.files() - before)
        return {pk: path.stat().st_ctime for pk, path in found if pk is not None}


def _application_for_hr(path: Path) -> UUID | None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if f"Delivered-To: {settings.HR_EMAIL[0]}\r\n".encode() not in head:
        return None
    found = _MESSAGE_ID.search(head)
    return UUID(found[1].decode()) if found else None
