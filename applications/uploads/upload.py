"""A file that was judged and found good."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Upload:
    """A file of an applicant. Its type was decided by us, its name is safe to show and to send."""

    filename: str
    content_type: str
    content: bytes

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)
