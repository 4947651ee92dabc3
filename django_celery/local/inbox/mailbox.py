"""The store as a reader sees it: each message is read and summarised once."""

import threading
from email.message import EmailMessage

from django_celery.local.inbox.message import Summary, parse, summarise
from django_celery.local.inbox.store import Store


class Mailbox:
    """All messages, for several threads. Another program may add to the folder meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Summary] = {}
        self._lock = threading.Lock()

    def summaries(self) -> list[Summary]:
        """The newest first."""
        with self._lock:
            return [self._summary(name) for name in self._store.ids()]

    def latest(self) -> str:
        """The id of the newest message, or nothing: changes whenever there is one more."""
        return next(iter(self._store.ids()), "")

    def source(self, name: str) -> bytes:
        """Raises FileNotFoundError for an id that is not there."""
        return self._store.source(name)

    def message(self, name: str) -> EmailMessage:
        """Raises FileNotFoundError for an id that is not there."""
        return parse(self._store.source(name))

    def _summary(self, name: str) -> Summary:
        if name not in self._known:
            self._known[name] = summarise(name, self._store.source(name))
        return self._known[name]
