"""Free TCP ports on loopback."""

import socket
import weakref
from collections.abc import Iterable

LOOPBACK = "127.0.0.1"
_LAST = 65535


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address right now."""
    with socket.socket() as probe:
        # A port that still holds the ends of old connections is free for a server.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether something accepts connections on this port of the loopback address."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


class Ports:
    """Hands out ports, none of them twice, nor one that another stack on this machine was given.

    A port is promised for as long as this lives, by a name that no two processes can have. Programs
    that ask nobody may still take it before the server does.
    """

    def __init__(self) -> None:
        self._promises: dict[int, socket.socket] = {}
        weakref.finalize(self, _break, self._promises.values())

    def take(self, preferred: int | None = None) -> int:
        """The preferred port if it is free, else any free one."""
        return preferred if preferred and self._promise(preferred) else self._any()

    def take_pair(self, preferred: int, *, distance: int) -> int:
        """A port whose number plus ``distance`` is free too: the preferred one or a later one."""
        for port in range(preferred, _LAST - distance):
            if self._promise(port) and self._promise(port + distance):
                return port
        raise OSError(f"No two free ports {distance} apart above {preferred}.")

    def _promise(self, port: int) -> bool:
        if port in self._promises or not is_free(port):
            return False
        promise = socket.socket(socket.AF_UNIX)
        try:
            # An abstract name, gone with its process: it is as unique as the port itself.
            # https://man7.org/linux/man-pages/man7/unix.7.html
            promise.bind(f"\0{__name__}.{port}")
        except OSError:
            promise.close()
            return False
        self._promises[port] = promise
        return True

    def _any(self) -> int:
        while True:
            with socket.socket() as probe:
                probe.bind((LOOPBACK, 0))
                port: int = probe.getsockname()[1]
            if self._promise(port):
                return port


def _break(promises: Iterable[socket.socket]) -> None:
    for promise in promises:
        promise.close()
