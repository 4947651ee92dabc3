"""A client for clamd's INSTREAM command: bytes out, a verdict back.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd and clamd(8), COMMANDS
"""

import socket
from urllib.parse import urlsplit

from django.conf import settings

from applications.scanning.errors import ScanFailed, ScannerAway, ScannerBusy

_PORT = 3310
_CHUNK = 64 * 1024
_TIMEOUT = 10  # seconds, to connect and for each chunk
# clamd gives up on a file after MaxScanTime, which is two minutes unless it is told otherwise.
_REPLY_TIMEOUT = 130
_MAX_REPLY = 1024

_CLEAN = "stream: OK"
_FOUND = " FOUND"
_TOO_LARGE = "INSTREAM size limit exceeded"


def is_on() -> bool:
    """Whether files are to be scanned: CLAMAV_URL is set."""
    return bool(settings.CLAMAV_URL)


def find_virus(content: bytes) -> str:
    """The name of what the scanner finds in the bytes; empty if it finds nothing.

    Raises ScannerBusy, ScannerAway or ScanFailed. Only for when ``is_on``.
    """
    try:
        with _connection() as connection:
            _send(connection, content)
            return _verdict(_reply(connection))
    except OSError as error:
        raise ScannerAway(f"The virus scanner does not answer ({type(error).__name__}).") from None


def _connection() -> socket.socket:
    url = urlsplit(settings.CLAMAV_URL)
    if url.scheme == "unix":
        return _local_connection(url.path)
    return socket.create_connection((url.hostname, url.port or _PORT), timeout=_TIMEOUT)


def _local_connection(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_TIMEOUT)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _send(connection: socket.socket, content: bytes) -> None:
    """Chunks with their length in four bytes, and one without any at the end."""
    try:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
        connection.sendall(bytes(4))
    # At its size limit clamd answers and hangs up within the stream: the answer says why.
    except (BrokenPipeError, ConnectionResetError):
        return


def _reply(connection: socket.socket) -> str:
    """All that comes until the NUL that ends it, or until clamd hangs up."""
    connection.settimeout(_REPLY_TIMEOUT)
    reply = b""
    while len(reply) < _MAX_REPLY and not reply.endswith(b"\0"):
        try:
            received = connection.recv(_MAX_REPLY)
        except TimeoutError:
            raise ScannerBusy("The virus scanner came to no verdict in time.") from None
        if not received:
            break
        reply += received
    return reply.rstrip(b"\0").decode(errors="replace").strip()


def _verdict(reply: str) -> str:
    if reply == _CLEAN:
        return ""
    if reply.endswith(_FOUND):
        return reply.removeprefix("stream: ").removesuffix(_FOUND)
    if reply.startswith(_TOO_LARGE):
        raise ScanFailed("A file is larger than the virus scanner takes (its StreamMaxLength).")
    raise ScannerBusy("The virus scanner gave no verdict.")
