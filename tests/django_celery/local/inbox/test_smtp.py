import signal
import smtplib

import pytest

from django_celery.local.inbox.faults import Faults, Tally
from django_celery.local.process import wait_until_ready


@pytest.fixture
def met(inbox):
    """Whom the faults have met since the test began."""
    before = inbox.tally()
    return lambda: inbox.tally().since(before)


def kept(inbox) -> int:
    return len(inbox.messages())


def test_an_accepted_letter_is_there(inbox, connect, letter):
    connect().send_message(letter)
    newest = inbox.messages()[0]
    assert newest["message_id"] == "<one@example.com>"
    assert newest["recipients"] == ["hr@example.com", "ana@example.com"]
    assert [item["name"] for item in newest["attachments"]] == ["Dossier Ünï.pdf", 'a"b.html']


def test_a_letter_is_kept_byte_for_byte(inbox, connect):
    content = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n\xff\x00\r\n"
    connect().sendmail("a@example.com", ["b@example.com"], content)
    envelope = b"Return-Path: <a@example.com>\r\nDelivered-To: b@example.com\r\n"
    assert inbox.source(inbox.messages()[0]["id"]) == envelope + content


def test_an_accepted_letter_survives_a_kill_at_once(server, connect, letter):
    process, inbox = server
    before = kept(inbox)
    connect().send_message(letter)
    process.kill(signal.SIGKILL)
    process.stop()
    process.start()
    wait_until_ready(process)
    assert kept(inbox) == before + 1


def test_unknown_recipients_are_refused_for_good(inbox, connect, letter, met):
    inbox.fail(Faults(unknown_recipients=("ana@example.com",)))
    refused = connect().send_message(letter)
    assert {address: code for address, (code, _text) in refused.items()} == {"ana@example.com": 550}
    assert inbox.messages()[0]["recipients"] == ["hr@example.com"]
    assert met() == Tally(refused=1)


def test_greylisting_asks_to_come_again(inbox, connect, letter, met):
    inbox.fail(Faults(greylist_seconds=3600))
    before = kept(inbox)
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        connect().send_message(letter)
    assert {code for code, _text in refused.value.recipients.values()} == {451}
    assert kept(inbox) == before
    assert met() == Tally(postponed=2)


def test_a_refusing_server_cuts_open_connections_and_recovers(inbox, connect, letter):
    client = connect()
    client.noop()
    inbox.fail(Faults(refuse_connections=True))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.noop()
    with pytest.raises(ConnectionRefusedError):
        connect()
    inbox.fail(Faults())
    connect().send_message(letter)


def test_a_connection_cut_after_storing_leaves_the_sender_in_doubt(inbox, connect, letter, met):
    inbox.fail(Faults(cut_after_storing=1))
    before = kept(inbox)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        connect().send_message(letter)
    assert kept(inbox) == before + 1
    assert met() == Tally(cut_after_storing=1)


def test_a_connection_cut_before_storing_keeps_nothing(inbox, connect, letter, met):
    inbox.fail(Faults(cut_before_storing=0.5))
    before = kept(inbox)
    connect().send_message(letter)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        connect().send_message(letter)
    assert kept(inbox) == before + 1
    assert met() == Tally(cut_before_storing=1)


def test_a_hanging_server_does_not_answer_the_final_dot(inbox, connect, letter, met):
    inbox.fail(Faults(hang_after_body=True))
    before = kept(inbox)
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        connect(patience=0.3).send_message(letter)
    assert kept(inbox) == before
    assert met() == Tally(left_hanging=1)


def test_a_slow_server_is_slow(inbox, connect, letter, met):
    inbox.fail(Faults(delay_seconds=1))
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        connect(patience=0.3).send_message(letter)
    assert met() == Tally()
