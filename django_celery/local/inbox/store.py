"""Accepted messages as files, one each, safe on the disk before they are acknowledged."""

import os
import secrets
import time
from collections.abc import Sequence
from pathlib import Path


class Store:
    """A folder like a Maildir: ``tmp`` while it is written, ``new`` when it is whole.

    A message's id begins with its time in nanoseconds since 1970, so ids sort by age.
    https://cr.yp.to/proto/maildir.html
    """

    def __init__(self, folder: Path) -> None:
        self._tmp = folder / "tmp"
        self._new = folder / "new"
        self._tmp.mkdir(parents=True, exist_ok=True)
        self._new.mkdir(exist_ok=True)

    def add(self, content: bytes, *, sender: str, recipients: Sequence[str]) -> str:
        """Keep a message with its envelope on top; on return it survives a power cut."""
        name = f"{time.time_ns():019d}-{secrets.token_hex(4)}"
        path = self._tmp / f"{name}.eml"
        with path.open("xb") as file:
            file.write(_envelope(sender, recipients) + content)
            file.flush()
            os.fsync(file.fileno())
        path.rename(self._new / path.name)
        _sync_folder(self._new)
        return name

    def ids(self) -> list[str]:
        """The newest first."""
        return sorted((path.stem for path in self._new.glob("*.eml")), reverse=True)

    def source(self, name: str) -> bytes:
        """The message as it was received. Raises FileNotFoundError."""
        return (self._new / f"{name}.eml").read_bytes()


def _envelope(sender: str, recipients: Sequence[str]) -> bytes:
    """What a delivering mail server puts on top (RFC 5321 section 4.4)."""
    lines = [f"Return-Path: <{sender}>", *(f"Delivered-To: {address}" for address in recipients)]
    return "".join(f"{line}\r\n" for line in lines).encode(errors="surrogateescape")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
