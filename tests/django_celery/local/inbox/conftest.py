import smtplib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email.message import EmailMessage

import pytest

from django_celery.local.inbox.faults import Faults
from django_celery.local.mail import Inbox
from django_celery.local.ports import Ports
from django_celery.local.process import Process, wait_until_ready


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[tuple[Process, Inbox]]:
    folder = tmp_path_factory.mktemp("inbox")
    ports = Ports()
    inbox = Inbox(smtp_port=ports.take(), http_port=ports.take())
    process = Process(inbox.part(folder=folder), folder=folder)
    process.start()
    wait_until_ready(process)
    yield process, inbox
    process.stop()
    assert process.exit_code == 0


@pytest.fixture
def inbox(server) -> Iterator[Inbox]:
    """The running inbox, made well again after the test."""
    _process, inbox = server
    yield inbox
    inbox.fail(Faults())


@pytest.fixture
def connect(inbox) -> Iterator[Callable[[], smtplib.SMTP]]:
    with ExitStack() as clients:

        def open_client(*, patience: float = 10) -> smtplib.SMTP:
            client = smtplib.SMTP("127.0.0.1", inbox.smtp_port, timeout=patience)
            clients.callback(client.close)
            return client

        yield open_client


@pytest.fixture
def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Bewerbung: 山田太郎 & <script>alert(1)</script>"
    message["From"] = "Jobs <jobs@example.com>"
    message["To"] = "HR <hr@example.com>, Ana <ana@example.com>"
    message["Message-ID"] = "<one@example.com>"
    message.set_content("Plain 日本\n")
    message.add_alternative('<p>Rich <a href="http://127.0.0.1/x">link</a></p>', subtype="html")
    message.add_attachment(
        b"%PDF-1.7 \x00\xff", maintype="application", subtype="pdf", filename="Dossier Ünï.pdf"
    )
    message.add_attachment("<script>alert(2)</script>", subtype="html", filename='a"b.html')
    return message
