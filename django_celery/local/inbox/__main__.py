"""Runs the inbox until SIGTERM or Ctrl-C."""

import argparse
import asyncio
import os
import signal
from pathlib import Path

from django_celery.local.inbox.mail_log import MailLog
from django_celery.local.inbox.mailbox import Mailbox
from django_celery.local.inbox.smtp import Handler, Listener
from django_celery.local.inbox.store import Store
from django_celery.local.inbox.web import InboxServer


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="inbox", description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True, help="where messages are kept")
    parser.add_argument(
        "--log", type=Path, default=os.devnull, help="a mail log as a Postfix writes it"
    )
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    store = Store(arguments.dir)
    log = MailLog(arguments.log)
    listener = Listener(Handler(store), port=arguments.smtp_port, log=log)
    await listener.open()
    loop = asyncio.get_running_loop()
    server = InboxServer(arguments.http_port, Mailbox(store), listener, loop)
    server.start()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
    server.shutdown()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
