"""Following a letter through the log of a Postfix.

What a Postfix writes down of a letter:

``smtpd[7]: 4XyZ: client=...``
    A session has begun with a message: its queue id.
``cleanup[8]: 4XyZ: message-id=<...>``
    Its headers are read. The body may still be on its way; of a letter of a few kilobytes cleanup
    reads nothing before smtpd has all of it or has given it up, and said so (seen in Postfix 3.7).
``smtpd[7]: lost connection after DATA (1234 bytes) from ...``
    The session ended before the final dot, or timed out: nothing is kept.
``cleanup[8]: 4XyZ: milter-reject: END-OF-MESSAGE ...``
    A filter refused it, or a rule about headers or body did (``reject``), or in smtpd a policy:
    nothing is kept.
``qmgr[9]: 4XyZ: from=<...> ... (queue active)``
    It is queued. A filter that takes it for itself is as good (``milter-hold``, ``-discard``).

Of a letter that a rule puts aside (HOLD) nothing more is said, nor of one whose Postfix stood still
or died. That a connection was lost after END-OF-MESSAGE says nothing: the reply was, whatever it
was. Of a letter that is with a filter before the queue nothing is said at all.
https://www.postfix.org/OVERVIEW.html
"""

import re
from collections.abc import Callable
from typing import ClassVar


class Passage:
    """The way of all copies that carry one Message-ID, as far as the lines read so far tell it.

    ``is_queued``: the server has one of them. ``is_open``: one has come, and its end is not told.
    """

    def __init__(self, message_id: str) -> None:
        self._message_id = message_id
        self.is_queued = False
        # The queue ids of all copies: a line counts once, though it may be in two files.
        self._seen: set[str] = set()
        # Those that no other message has now.
        self._copies: set[str] = set()
        # The queue ids of all messages that were let go of, which may be named only then.
        self._let_go: set[str] = set()
        # The queue id of the message that each smtpd is at.
        self._sessions: dict[str, str] = {}

    @property
    def is_open(self) -> bool:
        return not self._copies <= self._let_go

    @property
    def copies(self) -> int:
        """How many have come."""
        return len(self._seen)

    def read(self, line: str) -> None:
        """The log's next line."""
        for pattern, note in self._LINES:
            if found := pattern.search(line):
                note(self, *found.groups())

    def _begin(self, process_id: str, queue_id: str) -> None:
        self._sessions[process_id] = queue_id
        self._let_go.discard(queue_id)

    def _name(self, queue_id: str, message_id: str) -> None:
        if message_id == self._message_id:
            self._seen.add(queue_id)
            self._copies.add(queue_id)
        else:
            # Queue ids are given anew once they are free.
            self._copies.discard(queue_id)

    def _break(self, process_id: str) -> None:
        self._refuse(self._sessions.pop(process_id, ""))

    def _refuse(self, queue_id: str) -> None:
        self._let_go.add(queue_id)

    def _queue(self, queue_id: str) -> None:
        # Whatever was said of it before: this is the server's word.
        self.is_queued |= queue_id in self._copies

    _LINES: ClassVar[tuple[tuple[re.Pattern[str], Callable[..., None]], ...]] = (
        (re.compile(r"smtpd\[(\d+)\]: (\w+): client="), _begin),
        (re.compile(r"cleanup\[\d+\]: (\w+): message-id=(\S+)"), _name),
        (re.compile(r"smtpd\[(\d+)\]: (?:lost connection|timeout) after DATA \("), _break),
        (re.compile(r"cleanup\[\d+\]: (\w+): (?:milter-)?reject: "), _refuse),
        # Of a recipient it would be said under the same queue id.
        (re.compile(r"smtpd\[\d+\]: (\w+): reject: END-OF-MESSAGE "), _refuse),
        (re.compile(r"qmgr\[\d+\]: (\w+): from=.*\(queue active\)"), _queue),
        (re.compile(r"cleanup\[\d+\]: (\w+): milter-(?:hold|discard): END"), _queue),
    )
