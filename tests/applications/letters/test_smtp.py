"""Handing a letter over, in the clear and over TLS, to servers that behave and that do not."""

import socket
import ssl
from contextlib import contextmanager

import pytest
from django.core.mail import EmailMultiAlternatives

from applications.letters import evidence, session, smtp
from applications.letters.errors import (
    LetterTaken,
    MailInDoubt,
    MailRefused,
    MailServerAway,
    MailUnavailable,
)
from tests.certificates import self_signed
from tests.smtp_server import smtp_server

BODY = "Dear applicant,\r\n.one line begins with a dot.\r\nThe end.\r\n"
END = b"The end.\r\n"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=["in the clear", "STARTTLS", "TLS at once"])
def server(request, settings, certificate, monkeypatch):
    """A server that the machine trusts."""
    # https://docs.openssl.org/3.0/man3/SSL_CTX_load_verify_locations/
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST = "localhost"
    settings.EMAIL_USE_TLS = request.param == "STARTTLS"
    settings.EMAIL_USE_SSL = request.param == "TLS at once"
    with smtp_server() as running:
        running.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        running.tls.load_cert_chain(certificate)
        running.tls_at_once = settings.EMAIL_USE_SSL
        settings.EMAIL_PORT = running.port
        yield running
        running.may_go_on.set()


@pytest.fixture
def message():
    return EmailMultiAlternatives("Thank you", BODY, "jobs@example.com", ["zoe@example.com"])


def in_time():
    return session.clock() + 60


def never():
    pytest.fail("The end of the letter was announced.")


def hand_over(message, *, before_body=lambda: None, before_dot=in_time):
    with smtp.handed_over(message, before_body=before_body, before_dot=before_dot) as accepted:
        return accepted


@contextmanager
def a_certain_no(server, error=MailServerAway):
    with pytest.raises(error):
        yield
    assert server.accepted == []


def test_a_letter_arrives_as_it_was_written(server, message):
    assert hand_over(message) == smtp.Acceptance("250 2.0.0 Queued as 4XyZ", 0)
    (raw,) = server.accepted
    assert raw.endswith(BODY.encode())


def test_a_letter_larger_than_the_line_holds_arrives_whole(server, message):
    message.attach("large.bin", bytes(range(256)) * 20_000, "application/octet-stream")
    hand_over(message)
    (raw,) = server.accepted
    assert len(raw) > 5_000_000


def test_the_dot_does_not_go_out_after_its_time(server, message):
    with a_certain_no(server, MailUnavailable):
        hand_over(message, before_dot=lambda: session.clock() - 1)
    assert server.unfinished.get(timeout=5).endswith(END)


def test_silence_after_the_dot_is_a_doubt(server, message, monkeypatch):
    monkeypatch.setattr(session, "_REPLY_TIMEOUT", 0.2)
    server.hangs_up_after_body = True
    with pytest.raises(MailInDoubt):
        hand_over(message)


@pytest.mark.parametrize(
    ("last_words", "error"),
    [("", MailServerAway), ("421 Closing", MailUnavailable), ("552 Too large", MailRefused)],
)
def test_a_server_that_leaves_before_the_dot_certainly_has_no_letter(
    server, message, last_words, error
):
    server.leaves_at, server.last_words = END, last_words

    def wait():
        assert server.gone.wait(10)
        return in_time()

    with a_certain_no(server, error):
        hand_over(message, before_dot=wait)


def test_whoever_does_not_let_the_body_begin_has_sent_nothing_of_it(server, message):
    def forbid():
        raise LetterTaken

    with a_certain_no(server, LetterTaken):
        hand_over(message, before_body=forbid, before_dot=never)
    assert "DATA" not in server.commands


def test_a_letter_that_the_server_refuses_by_its_recipients_never_begins(server, message):
    server.replies["RCPT"] = "550 5.1.1 No such user"
    with a_certain_no(server, MailRefused):
        hand_over(message, before_body=never, before_dot=never)


def test_what_a_line_that_was_cut_still_holds_is_given_up_before_anybody_looks_in_vain(
    server, message, monkeypatch
):
    patience = []
    send_dot = session.Session._send_dot

    def asked(connection, deadline):
        option = socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT
        patience.append(connection.line.getsockopt(*option) / 1000)
        send_dot(connection, deadline)

    monkeypatch.setattr(session.Session, "_send_dot", asked)
    hand_over(message)
    assert 0 < patience[0] < evidence._AT_WORK.total_seconds() / 2


def test_a_dot_that_cannot_be_sent_leaves_no_doubt(server, message, monkeypatch):
    server.leaves_at, server.is_rude = END, True
    monkeypatch.setattr(session.Session, "_heed_departure", lambda _self: None)

    def wait():
        assert server.gone.wait(10)
        return in_time()

    with a_certain_no(server):
        hand_over(message, before_dot=wait)


def test_a_server_that_takes_no_more_of_the_body_is_left_before_the_end_is_announced(
    server, message, monkeypatch
):
    monkeypatch.setattr(session, "_UNTIL_DOT", 1.0)
    monkeypatch.setattr(session, "_QUIT_TIMEOUT", 0.2)
    server.stops_at = END
    message.attach("large.bin", bytes(8_000_000), "application/octet-stream")
    with a_certain_no(server):
        hand_over(message, before_dot=never)


def test_a_slow_server_has_so_long_for_all_that_comes_before_the_dot(server, message, monkeypatch):
    monkeypatch.setattr(session, "_UNTIL_DOT", 0.0)
    with a_certain_no(server):
        hand_over(message, before_dot=never)


@pytest.mark.parametrize("reply", ["220 mx", "250-mx", "250 OK", "354"])
def test_replies_that_come_a_byte_now_and_then_count_against_that_time(
    server, message, monkeypatch, reply
):
    monkeypatch.setattr(session, "_UNTIL_DOT", 0.8)
    server.drips = reply
    with a_certain_no(server):
        hand_over(message, before_dot=never)
    assert not server.has_dripped.is_set()


def test_a_last_reply_that_comes_a_byte_now_and_then_is_a_doubt(server, message, monkeypatch):
    monkeypatch.setattr(session, "_REPLY_TIMEOUT", 0.4)
    server.drips = "250 2.0.0"
    with pytest.raises(MailInDoubt):
        hand_over(message)
    assert not server.has_dripped.is_set()


def test_who_drips_at_the_farewell_is_left(server, message, monkeypatch):
    monkeypatch.setattr(session, "_QUIT_TIMEOUT", 0.2)
    server.replies["QUIT"] = server.drips = "221 Bye"
    hand_over(message)
    assert not server.has_dripped.is_set()


def test_a_certificate_that_nobody_vouches_for_gets_no_letter(
    server, message, monkeypatch, settings
):
    monkeypatch.delenv("SSL_CERT_FILE")
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        settings.EMAIL_USE_TLS = True
    with a_certain_no(server):
        hand_over(message, before_dot=never)
