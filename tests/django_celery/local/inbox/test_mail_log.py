"""The log is read by the product's own eyes: applications.letters.evidence."""

import re
import smtplib
from dataclasses import replace

import pytest
from django.utils import timezone

from applications.letters import evidence
from applications.letters.evidence import Trace
from django_celery.local.inbox.faults import Faults
from django_celery.local.mail import Inbox
from django_celery.local.ports import LOOPBACK, Ports
from django_celery.local.process import Process, wait_until_ready
from tests.django_celery.local.waiting import wait_for

HEADERS = b"Message-ID: <one@example.org>\r\nSubject: One\r\n\r\n"
LETTER = HEADERS + b"Text\r\n"


@pytest.fixture(scope="module")
def logging_inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logging")
    ports = Ports()
    inbox = Inbox(smtp_port=ports.take(), http_port=ports.take())
    part = inbox.part(folder=folder)
    log = folder / "mail.log"
    process = Process(replace(part, command=(*part.command, f"--log={log}")), folder=folder)
    process.start()
    wait_until_ready(process)
    yield inbox, log
    process.stop()


@pytest.fixture
def log(logging_inbox, settings):
    _inbox, log = logging_inbox
    log.write_text("")
    settings.EMAIL_EVIDENCE_URL = f"file://{log}"
    return log


@pytest.fixture
def inbox(logging_inbox, log):
    inbox, _log = logging_inbox
    yield inbox
    inbox.fail(Faults())


@pytest.fixture
def client(inbox):
    with smtplib.SMTP(LOOPBACK, inbox.smtp_port, timeout=10) as client:
        yield client
        client.close()


def send(client) -> None:
    client.sendmail("jobs@example.com", ["a@example.org", "b@example.org"], LETTER)


def begin(client) -> None:
    """All of a letter but its final dot."""
    client.ehlo()
    client.mail("jobs@example.com")
    client.rcpt("a@example.org")
    client.docmd("data")
    client.send(LETTER)


def trace(message_id="<one@example.org>") -> Trace:
    return evidence.find(message_id, copies=1, since=timezone.now())


def test_before_the_first_letter_the_log_is_there_and_empty(log):
    assert log.read_text() == ""
    assert trace() is Trace.NONE


def test_a_kept_letter_is_seen_as_taken(client):
    send(client)
    assert trace() is Trace.TAKEN
    assert trace("<two@example.org>") is Trace.NONE


def test_the_lines_are_postfix_lines(client, log):
    send(client)
    begun, named, queued = log.read_text().splitlines()
    queue_id = re.search(r"postfix/smtpd\[\d+\]: ([0-9A-F]+): client=localhost", begun)
    assert f"postfix/cleanup[1]: {queue_id[1]}: message-id=<one@example.org>" in named
    assert f"postfix/qmgr[1]: {queue_id[1]}: from=<jobs@example.com>, size=" in queued
    assert queued.endswith("nrcpt=2 (queue active)")


def test_headers_are_told_of_before_the_final_dot_and_decide_nothing(client, log):
    begin(client)
    wait_for(log.read_text)
    assert trace() is Trace.OPEN


def test_who_goes_before_the_final_dot_is_seen_as_let_go_of(client):
    begin(client)
    client.close()
    wait_for(lambda: trace() is Trace.REFUSED)


def test_what_is_cut_off_before_it_is_kept_is_seen_as_let_go_of(client, inbox):
    inbox.fail(Faults(cut_before_storing=1))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(client)
    wait_for(lambda: trace() is Trace.REFUSED)


def test_what_is_cut_off_once_it_is_kept_is_seen_as_taken(client, inbox):
    inbox.fail(Faults(cut_after_storing=1))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(client)
    assert trace() is Trace.TAKEN


def test_who_does_not_wait_for_the_reply_is_told_of_like_everybody(client, inbox):
    inbox.fail(Faults(delay_seconds=0.1))
    before = len(inbox.messages())
    begin(client)
    client.send(b".\r\n")
    client.close()
    wait_for(lambda: trace() in {Trace.TAKEN, Trace.REFUSED})
    assert trace() is (Trace.TAKEN if len(inbox.messages()) > before else Trace.REFUSED)
