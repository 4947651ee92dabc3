"""Free TCP ports on loopback."""

import socket

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
    """Hands out ports, none of them twice.

    A port is only promised, not held: another program may take it before the server does.
    """

    def __init__(self) -> None:
        self._given: set[int] = set()

    def take(self, preferred: int | None = None) -> int:
        """The preferred port if it is free, else any free one."""
        port = preferred if preferred and self._may_give(preferred) else self._any()
        self._given.add(port)
        return port

    def take_pair(self, preferred: int, *, distance: int) -> int:
        """A port whose number plus ``distance`` is free too: the preferred one or a later one."""
        for port in range(preferred, _LAST - distance):
            if self._may_give(port) and self._may_give(port + distance):
                self._given |= {port, port + distance}
                return port
        raise OSError(f"No two free ports {distance} apart above {preferred}.")

    def _may_give(self, port: int) -> bool:
        return port not in self._given and is_free(port)

    def _any(self) -> int:
        while True:
            with socket.socket() as probe:
                probe.bind((LOOPBACK, 0))
                port: int = probe.getsockname()[1]
            if port not in self._given:
                return port
