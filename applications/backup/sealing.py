"""A stream encrypted with a key that people choose, and authenticated piece by piece.

AES-256-GCM on pieces of 64 KiB under nonces that count and that mark the last one, so that no
piece can be changed, moved, left out or cut off unnoticed (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015). The key is made of BACKUP_KEY with scrypt (RFC 7914) and
a salt that is new for each backup.
"""

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from applications.backup.errors import BackupUnreadable
from applications.backup.streams import PIECE, Reader

# What a sealed backup's name ends in.
SEALED = ".sealed"

_MARK = b"sealed backup 1\n"
_SALT = 16
_PREFIX = 7
_TAG = 16


def seal(pieces: Iterable[bytes], key: str) -> Iterator[bytes]:
    """The stream encrypted, hardly longer than before."""
    salt, prefix = os.urandom(_SALT), os.urandom(_PREFIX)
    cipher = _cipher(key, salt)
    yield _MARK + salt + prefix
    for nonce, piece in _numbered(Reader(pieces), PIECE, prefix):
        yield cipher.encrypt(nonce, piece, None)


def unseal(pieces: Iterable[bytes], key: str) -> Iterator[bytes]:
    """The stream as it was. Raises BackupUnreadable at the first piece that is not authentic.

    What was yielded before is authentic, but not all there is: use none of it then.
    """
    sealed = Reader(pieces)
    if sealed.read(len(_MARK)) != _MARK:
        raise BackupUnreadable("This is no sealed backup.")
    cipher, prefix = _cipher(key, sealed.read(_SALT)), sealed.read(_PREFIX)
    for nonce, piece in _numbered(sealed, PIECE + _TAG, prefix):
        try:
            yield cipher.decrypt(nonce, piece, None)
        except (InvalidTag, ValueError):
            raise BackupUnreadable(
                "BACKUP_KEY does not open this backup, or its bytes are not as they were."
            ) from None


def _numbered(stream: Reader, size: int, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The stream in pieces of ``size``, the last one shorter or empty, each with its nonce."""
    number, piece = 0, stream.read(size)
    while following := stream.read(size):
        yield _nonce(prefix, number, is_last=False), piece
        number, piece = number + 1, following
    yield _nonce(prefix, number, is_last=True), piece


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _cipher(key: str, salt: bytes) -> AESGCM:
    made = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(key.encode())
    return AESGCM(made)
