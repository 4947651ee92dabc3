"""The SMTP side: accepts, keeps, and fails as the plan says."""

import asyncio
import time
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from django_celery.local.inbox.faults import Faults, Greylist, Share
from django_celery.local.inbox.store import Store
from django_celery.local.ports import LOOPBACK

_LARGEST = 40 * 1024 * 1024


class Handler:
    """What aiosmtpd asks at each command.

    https://aiosmtpd.aio-libs.org/en/latest/handlers.html
    """

    def __init__(self, store: Store) -> None:
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
            return "550 5.1.1 No such mailbox here"
        sender = envelope.mail_from or ""
        if not self._greylist.lets_pass(sender, address, now=time.monotonic()):
            return "451 4.7.1 Greylisted, please try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        await asyncio.sleep(self._faults.delay_seconds)
        if self._faults.hang_after_body:
            await _silence()
        if self._cut_before.take():
            await _cut(server)
        name = await self._keep(envelope)
        if self._cut_after.take():
            await _cut(server)
        return f"250 2.0.0 OK: kept as {name}"

    async def _keep(self, envelope: Envelope) -> str:
        """In a thread: the disk must not hold up other connections."""
        return await asyncio.to_thread(
            self._store.add,
            envelope.original_content or b"",
            sender=envelope.mail_from or "",
            recipients=envelope.rcpt_tos,
        )


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

    def __init__(self, handler: Handler, *, port: int) -> None:
        self._handler = handler
        self._port = port
        self._server: asyncio.Server | None = None
        self._sessions: WeakSet[SMTP] = WeakSet()

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
        session = SMTP(
            self._handler,
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            hostname="inbox.localhost",
            ident="ESMTP",
        )
        self._sessions.add(session)
        return session
