"""The SMTP side: accepts, keeps, and fails as the plan says."""

import asyncio
import time
from itertools import count
from typing import Any
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from django_celery.local.inbox.faults import Faults, Greylist, Share, Tally
from django_celery.local.inbox.mail_log import MailLog, Passage
from django_celery.local.inbox.store import Store
from django_celery.local.ports import LOOPBACK

_LARGEST = 40 * 1024 * 1024
# Whoever says nothing for so long is let go: a Postfix waits for 300, under stress for 10.
_SILENCE = 30.0  # seconds


class Handler:
    """What aiosmtpd asks at each command.

    https://aiosmtpd.aio-libs.org/en/latest/handlers.html
    """

    def __init__(self, store: Store) -> None:
        self.tally = Tally()
        self._store = store
        self.follow(Faults())

    def follow(self, faults: Faults) -> None:
        """Fail in this way from now on; the memory of the plan before is gone."""
        self._faults = faults
        self._greylist = Greylist(faults.greylist_seconds)
        self._cut_before = Share(faults.cut_before_storing)
        self._cut_after = Share(faults.cut_after_storing)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's signature
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],  # noqa: ARG002
    ) -> str:
        await asyncio.sleep(self._faults.delay_seconds)
        if address in self._faults.unknown_recipients:
            self.tally.refused += 1
            return "550 5.1.1 No such mailbox here"
        sender = envelope.mail_from or ""
        if not self._greylist.lets_pass(sender, address, now=time.monotonic()):
            self.tally.postponed += 1
            return "451 4.7.1 Greylisted, please try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self,
        server: "Conversation",
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        passage = server.end_body()
        try:
            await asyncio.sleep(self._faults.delay_seconds)
            if self._faults.hang_after_body:
                self.tally.left_hanging += 1
                await _silence()
            if self._cut_before.take():
                self.tally.cut_before_storing += 1
                await _cut(server)
        except asyncio.CancelledError:
            # A Postfix would go on alone; this one keeps nothing, and says so.
            passage.refuse()
            raise
        # What has begun is brought to its end, whether or not somebody waits for it.
        name = await asyncio.shield(asyncio.to_thread(self._keep, envelope, passage))
        if self._cut_after.take():
            self.tally.cut_after_storing += 1
            await _cut(server)
        return f"250 2.0.0 OK: kept as {name}"

    def _keep(self, envelope: Envelope, passage: Passage) -> str:
        """In a thread: the disk must not hold up other connections."""
        content, sender = envelope.original_content or b"", envelope.mail_from or ""
        name = self._store.add(content, sender=sender, recipients=envelope.rcpt_tos)
        passage.queue(content, sender=sender, recipients=envelope.rcpt_tos)
        return name


class Conversation(SMTP):
    """A session whose messages leave traces in the log."""

    _numbers = count(1)

    def __init__(self, handler: Handler, *, log: MailLog, **options: Any) -> None:
        super().__init__(handler, **options)
        self._log = log
        self._number = next(self._numbers)
        self._passage: Passage | None = None

    def data_received(self, data: bytes) -> None:
        if self._passage is not None:
            self._passage.hear(data)
        super().data_received(data)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        self._passage = Passage(self._log, session=self._number)
        try:
            await super().smtp_DATA(arg)
        except asyncio.CancelledError:
            if self._passage is not None:
                self._passage.break_off()
            raise
        self._passage = None

    def end_body(self) -> Passage:
        """The final dot is there: what more becomes of the message is its handler's to tell."""
        passage, self._passage = self._passage, None
        return passage or Passage(self._log, session=self._number)


async def _silence() -> None:
    """No answer, until the client goes away and aiosmtpd cancels this."""
    await asyncio.Event().wait()


async def _cut(server: SMTP) -> None:
    _abort(server)
    await _silence()


def _abort(session: SMTP) -> None:
    if isinstance(session.transport, asyncio.WriteTransport):
        session.transport.abort()


class Listener:
    """The listening socket, which can be closed and opened again."""

    def __init__(self, handler: Handler, *, port: int, log: MailLog) -> None:
        self._handler = handler
        self._port = port
        self._log = log
        self._server: asyncio.Server | None = None
        self._sessions: WeakSet[SMTP] = WeakSet()

    @property
    def tally(self) -> Tally:
        return self._handler.tally

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._session, LOOPBACK, self._port)

    def close(self) -> None:
        """Refuse new connections and cut those that exist."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for session in self._sessions:
            _abort(session)

    async def follow(self, faults: Faults) -> None:
        """Fail as the plan says from now on."""
        self._handler.follow(faults)
        if faults.refuse_connections:
            self.close()
        elif self._server is None:
            await self.open()

    def _session(self) -> SMTP:
        session = Conversation(
            self._handler,
            log=self._log,
            timeout=_SILENCE,
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            hostname="inbox.localhost",
            ident="ESMTP",
        )
        self._sessions.add(session)
        return session
