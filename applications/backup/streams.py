"""Bytes in pieces, as others want to read them."""

from collections.abc import Iterable, Iterator
from typing import IO

PIECE = 64 * 1024


class Reader:
    """Pieces as a file to be read once, from the front; ``count`` says how much was."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = bytearray()
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end only; without ``size`` all that is left."""
        for piece in self._needed(size):
            self._held += piece
        end = len(self._held) if size < 0 else size
        taken = bytes(self._held[:end])
        del self._held[:end]
        self.count += len(taken)
        return taken

    def _needed(self, size: int) -> Iterator[bytes]:
        """The next pieces, until there are so many bytes."""
        while size < 0 or len(self._held) < size:
            piece = next(self._pieces, None)
            if piece is None:
                return
            yield piece


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """What is left of the file."""
    while piece := file.read(PIECE):
        yield piece
