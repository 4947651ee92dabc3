"""A letter goes out once: told by what a real SMTP server accepted, not by our own rows."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from applications.letters import compose, delivery, session, smtp
from applications.letters.errors import (
    EvidenceAway,
    LetterHeld,
    LetterTaken,
    MailAccountRefused,
    MailInDoubt,
    MailRefused,
    MailServerAway,
    MailUnavailable,
)
from applications.letters.headers import message_id
from applications.models import Letter
from pipelines import patience
from tests.factories import make_application, make_letter
from tests.smtp_server import smtp_server

RECEIVED = Letter.Kind.APPLICATION_RECEIVED


@pytest.fixture
def server(settings):
    with smtp_server() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def application(db):
    return make_application(full_name="Zoë Müller", reference="7K3M-9QXA")


@pytest.fixture
def message(application):
    return compose.application_received(application, [])


class SleepingMachine:
    """Time as a process sees it whose machine sleeps once it has ``begun`` something."""

    CLOCK_BOOTTIME = 7

    def __init__(self):
        self.slept = 0.0
        self.begun = False

    def monotonic(self):
        return 0.0

    def clock_gettime(self, clock):
        assert clock == self.CLOCK_BOOTTIME
        self.slept += 50 * self.begun
        return self.slept


class Outage:
    """A database that is away for a while from the moment ``begins``, as ``patience`` sees it."""

    def __init__(self, monkeypatch, *, seconds):
        self.time = 0.0
        self.left = 0.0
        self.seconds = seconds
        monkeypatch.setattr(patience, "time", self)
        monkeypatch.setattr(patience, "close_old_connections", lambda: None)

    def begins(self):
        self.left = self.seconds

    def monotonic(self):
        return self.time

    def sleep(self, seconds):
        self.time += seconds
        self.left -= seconds

    def refuse(self, execute, *query):
        if self.left > 0:
            raise OperationalError
        return execute(*query)


@pytest.fixture
def outage(monkeypatch):
    """Two minutes; it begins when the letter has its final dot."""
    outage = Outage(monkeypatch, seconds=120)
    send_dot = session.Session._send_dot

    def and_then_it_begins(connection, deadline):
        send_dot(connection, deadline)
        outage.begins()

    monkeypatch.setattr(session.Session, "_send_dot", and_then_it_begins)
    with connection.execute_wrapper(outage.refuse):
        yield outage


def deliver(application, message):
    delivery.deliver(
        kind=RECEIVED, about=str(application.pk), message=message, application=application
    )


def test_the_server_gets_the_letter_and_its_reply_is_kept(server, application, message, now):
    deliver(application, message)
    (raw,) = server.accepted
    arrived = message_from_bytes(raw, policy=policy.default)
    letter = Letter.objects.get()
    assert arrived["To"] == application.email
    assert arrived["Message-ID"] == letter.message_id
    assert (letter.reply, letter.intents) == ("250 2.0.0 Queued as 4XyZ", 1)
    assert letter.sent_at is not None


def test_the_applicants_letters_keep_their_words_and_no_others(server, application, message):
    deliver(application, message)
    for_hr = compose.new_application(application, [])
    kind = Letter.Kind.NEW_APPLICATION
    delivery.deliver(kind=kind, about="it", message=for_hr, application=application)
    receipt, hrs = Letter.objects.order_by("pk")
    assert (receipt.subject, receipt.text) == (message.subject, message.body)
    assert (hrs.subject, hrs.text) == ("", "")


def test_a_letter_may_be_about_anything_and_goes_out_once(server, message):
    for about in ("alert:17:2026-03-02", "alert:17:2026-03-03", "alert:17:2026-03-02"):
        message.extra_headers["Message-ID"] = message_id(RECEIVED, about)
        delivery.deliver(kind=RECEIVED, about=about, message=message)
    assert [letter.application for letter in Letter.objects.all()] == [None, None]
    assert len(server.accepted) == 2


def test_a_letter_that_was_sent_is_not_sent_again(server, application, message):
    deliver(application, message)
    deliver(application, message)
    assert len(server.accepted) == 1


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(server, application):
    application.cover_letter = ".dots at the beginning\n..and two"
    application.save()
    deliver(application, compose.new_application(application, []))
    arrived = message_from_bytes(server.accepted[0], policy=policy.default)
    assert ".dots at the beginning" in arrived.get_body(["plain"]).get_content()


def test_a_server_that_is_not_there_leaves_no_intent(application, message):
    with pytest.raises(MailUnavailable):
        deliver(application, message)
    letter = Letter.objects.get()
    assert (letter.intents, letter.intent_at, letter.sent_at) == (0, None, None)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ({"RCPT": "451 4.7.1 Greylisted"}, MailUnavailable),
        ({"RCPT": "550 5.1.1 No such user"}, MailRefused),
        ({"MAIL": "530 5.7.0 Authentication required"}, MailUnavailable),
        ({"MAIL": "550 5.4.5 Daily quota exceeded"}, MailUnavailable),
        ({"MAIL": "552 5.3.4 Too large"}, MailRefused),
        ({"EHLO": "554 No", "HELO": "554 Blocked"}, MailServerAway),
    ],
)
def test_a_reply_before_the_body_decides_what_to_do(server, application, message, reply, error):
    server.replies.update(reply)
    with pytest.raises(error) as raised:
        deliver(application, message)
    assert application.email not in str(raised.value)
    assert Letter.objects.get().intents == 0


def test_a_login_that_is_refused_says_nothing_about_the_letter(
    server, application, message, settings
):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "jobs", "secret"
    server.replies.update(
        EHLO="250-mx.example.com\r\n250 AUTH PLAIN", AUTH="554 5.7.0 Too many login attempts"
    )
    with pytest.raises(MailAccountRefused):
        deliver(application, message)
    assert Letter.objects.get().intents == 0


def test_a_refusal_after_the_body_leaves_no_doubt(server, application, message):
    server.replies["DATA"] = "451 4.3.0 Try again"
    with pytest.raises(MailUnavailable):
        deliver(application, message)
    server.replies["DATA"] = "250 OK"
    deliver(application, message)
    letter = Letter.objects.get()
    assert (len(server.accepted), letter.intents, letter.note) == (1, 1, "")


@pytest.mark.parametrize("reply", ["20x what?", "600 no such class"])
def test_a_reply_that_nobody_can_read_is_a_doubt(server, application, message, reply):
    server.replies["DATA"] = reply
    with pytest.raises(MailInDoubt):
        deliver(application, message)
    assert Letter.objects.get().intents == 1


def test_any_positive_reply_is_a_yes(server, application, message):
    server.replies["DATA"] = "200 Queued"
    deliver(application, message)
    assert Letter.objects.get().reply == "200 Queued"


def test_one_greylisted_reader_holds_the_letter_back_for_all(server, application, message):
    message.to = ["first@example.org", "second@example.org"]
    server.replies["RCPT"] = ["250 OK", "451 4.7.1 Greylisted"]
    with pytest.raises(MailUnavailable):
        deliver(application, message)
    assert server.accepted == []


def test_the_acceptance_is_recorded_before_the_server_is_left(
    server, application, message, monkeypatch
):
    recorded = []
    close = smtp._close

    def left(backend):
        recorded.append(Letter.objects.get().sent_at is not None)
        close(backend)

    monkeypatch.setattr(smtp, "_close", left)
    deliver(application, message)
    assert recorded == [True]


def test_a_line_that_breaks_within_the_body_leaves_no_doubt(server, application, message):
    server.hangs_up_within_body = True
    message.attach("large.bin", bytes(8_000_000), "application/octet-stream")
    with pytest.raises(MailServerAway):
        deliver(application, message)
    assert Letter.objects.get().intents == 0


def test_a_letter_larger_than_the_line_holds_arrives_whole(server, application, message):
    content = bytes(range(256)) * 20_000
    message.attach("large.bin", content, "application/octet-stream")
    deliver(application, message)
    (raw,) = server.accepted
    (part,) = message_from_bytes(raw, policy=policy.default).iter_attachments()
    assert part.get_payload(decode=True) == content


def test_the_intent_is_recorded_once_the_server_has_all_but_the_dot(
    server, application, message, monkeypatch
):
    def is_late(_letter, _message):
        raise LetterTaken

    monkeypatch.setattr(delivery, "_intend", is_late)
    with pytest.raises(LetterTaken):
        deliver(application, message)
    unfinished = message_from_bytes(server.unfinished.get(timeout=5), policy=policy.default)
    assert unfinished["Message-ID"] == message.extra_headers["Message-ID"]
    assert unfinished.get_body(["html"]).get_content().rstrip().endswith("</html>")
    assert server.accepted == []


def test_silence_after_the_body_is_a_doubt_and_the_letter_goes_once_more(
    server, application, message
):
    server.hangs_up_after_body = True
    with pytest.raises(MailInDoubt):
        deliver(application, message)
    server.hangs_up_after_body = False
    deliver(application, message)
    letter = Letter.objects.get()
    assert letter.note.startswith("Sent again on ")
    ids = {message_from_bytes(raw)["Message-ID"] for raw in server.accepted}
    assert ids == {letter.message_id}


def test_a_copy_is_counted_before_the_server_gets_anything_of_it(
    server, application, message, monkeypatch
):
    counts = []
    send_body = session.Session._send_body

    def counted(connection, body):
        counts.append(Letter.objects.get().copies_begun)
        send_body(connection, body)

    monkeypatch.setattr(session.Session, "_send_body", counted)
    server.replies["DATA"] = "451 4.3.0 Try again"
    for _time in range(2):
        with pytest.raises(MailUnavailable):
            deliver(application, message)
    assert counts == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_cannot_be_counted_does_not_begin(server, application, message):
    def is_away(execute, sql, *rest):
        if "copies_begun" in sql and sql.startswith("UPDATE"):
            raise OperationalError
        return execute(sql, *rest)

    with connection.execute_wrapper(is_away), pytest.raises(MailUnavailable, match="database"):
        deliver(application, message)
    assert "DATA" not in server.commands
    letter = Letter.objects.get()
    assert (letter.copies_begun, letter.intent_at) == (0, None)


def test_what_ends_before_the_body_is_no_copy(server, application, message):
    server.replies["RCPT"] = "451 4.7.1 Greylisted"
    with pytest.raises(MailUnavailable):
        deliver(application, message)
    assert Letter.objects.get().copies_begun == 0


def test_a_letter_whose_copies_were_not_counted_is_sent_like_any_other(
    server, application, message
):
    make_letter(application, kind=RECEIVED, copies_begun=None)
    deliver(application, message)
    letter = Letter.objects.get()
    assert (letter.copies_begun, letter.sent_at is not None) == (None, True)


def test_all_copies_have_one_message_id_though_the_domain_changes(
    server, application, message, settings
):
    server.hangs_up_after_body = True
    with pytest.raises(MailInDoubt):
        deliver(application, message)
    server.hangs_up_after_body = False
    settings.DEFAULT_FROM_EMAIL = "Jobs <jobs@elsewhere.example>"
    deliver(application, compose.application_received(application, []))
    ids = [message_from_bytes(raw)["Message-ID"] for raw in server.accepted]
    assert ids == [Letter.objects.get().message_id] * 2


def test_a_copy_that_a_filter_has_is_not_sent_again_because_an_earlier_one_broke_off(
    server, application, message, settings, tmp_path
):
    """Nothing is told of it in the log while the filter has it, and of the earlier one all is."""
    log = tmp_path / "mail.log"
    settings.EMAIL_DOUBT_POLICY, settings.EMAIL_EVIDENCE_URL = "evidence", log.as_uri()
    server.hangs_up_within_body = True
    message.attach("large.bin", bytes(8_000_000), "application/octet-stream")
    with pytest.raises(MailServerAway):
        deliver(application, message)
    broke_off = (
        "smtpd[1]: 4XyZ: client=localhost[127.0.0.1]\n"
        f"cleanup[2]: 4XyZ: message-id={Letter.objects.get().message_id}\n"
        "smtpd[1]: lost connection after DATA (9 bytes) from localhost[127.0.0.1]\n"
    )
    log.write_text(broke_off)
    server.hangs_up_within_body, server.hangs_up_after_body = False, True
    with pytest.raises(MailInDoubt):
        deliver(application, message)
    Letter.objects.update(intent_at=timezone.now() - timedelta(minutes=9))
    with pytest.raises(EvidenceAway):
        deliver(application, message)
    queued = "qmgr[3]: 5XyZ: from=<a@b.c>, size=9, nrcpt=1 (queue active)\n"
    log.write_text(f"{broke_off}{broke_off.replace('4XyZ', '5XyZ')}{queued}")
    deliver(application, message)
    assert (len(server.accepted), Letter.objects.get().sent_at is not None) == (1, True)


def test_a_second_doubt_is_left_to_a_person(server, application, message):
    server.hangs_up_after_body = True
    for _time in range(2):
        with pytest.raises(MailInDoubt):
            deliver(application, message)
    with pytest.raises(LetterHeld):
        deliver(application, message)
    assert len(server.accepted) == 2


def test_with_the_policy_hold_a_doubt_is_left_to_a_person(server, application, message, settings):
    settings.EMAIL_DOUBT_POLICY = "hold"
    server.hangs_up_after_body = True
    with pytest.raises(MailInDoubt):
        deliver(application, message)
    with pytest.raises(LetterHeld):
        deliver(application, message)
    assert len(server.accepted) == 1


def test_a_late_worker_is_refused_right_before_the_dot(server, application, message):
    late = make_letter(application, kind=RECEIVED)
    deliver(application, message)
    with pytest.raises(LetterTaken):
        delivery._hand_over(late, message)
    assert len(server.accepted) == 1


def test_a_worker_that_was_stopped_before_the_dot_does_not_send_it(
    server, application, message, monkeypatch
):
    machine = SleepingMachine()
    monkeypatch.setattr(session, "time", machine)
    commit = delivery._commit_intent

    def falls_asleep(letter, message):
        machine.begun = True
        return commit(letter, message)

    monkeypatch.setattr(delivery, "_commit_intent", falls_asleep)
    with pytest.raises(MailUnavailable, match="held up right before it went out"):
        deliver(application, message)
    assert server.accepted == []
    assert Letter.objects.get().intents == 0


@pytest.mark.django_db(transaction=True)
def test_an_acceptance_is_recorded_though_the_database_is_away_for_longer_than_a_lease(
    server, application, message, outage
):
    deliver(application, message)
    assert Letter.objects.get().sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_refusal_leaves_no_doubt_though_the_database_is_away_for_longer_than_a_lease(
    server, application, message, outage
):
    server.replies["DATA"] = "451 4.3.0 Try again"
    with pytest.raises(MailUnavailable):
        deliver(application, message)
    letter = Letter.objects.get()
    assert (letter.intents, letter.intent_at) == (0, None)


def test_an_intent_whose_commit_nobody_confirmed_is_taken_back(
    server, application, message, monkeypatch
):
    commit = delivery._commit_intent

    def and_the_answer_gets_lost(letter, message):
        commit(letter, message)
        raise OperationalError

    monkeypatch.setattr(delivery, "_commit_intent", and_the_answer_gets_lost)
    with pytest.raises(MailUnavailable):
        deliver(application, message)
    letter = Letter.objects.get()
    assert (letter.intents, letter.intent_at, server.accepted) == (0, None, [])


def test_a_reply_that_comes_after_a_person_had_it_sent_again_stops_the_second_copy(
    server, application, message, monkeypatch
):
    end_body = session.Session._end_body

    def after_the_decision(connection):
        Letter.objects.update(intent_at=None, note="A person had it sent again.")
        return end_body(connection)

    monkeypatch.setattr(session.Session, "_end_body", after_the_decision)
    deliver(application, message)
    deliver(application, message)
    letter = Letter.objects.get()
    assert (letter.note, letter.reply) == (
        "A person had it sent again.",
        "250 2.0.0 Queued as 4XyZ",
    )
    assert len(server.accepted) == 1


def test_a_letter_on_which_a_person_decides_meanwhile_is_left_to_that_decision(
    server, application, message
):
    letter = make_letter(application, kind=RECEIVED, intents=1, intent_at=timezone.now())
    Letter.objects.update(intent_at=None, note="A person had it sent again.")
    with pytest.raises(LetterTaken):
        delivery._hand_over(letter, message)
    assert Letter.objects.get().note == "A person had it sent again."


def test_refused_addresses_are_noted_behind_what_was_noted_before(server, application, message):
    make_letter(application, kind=RECEIVED, note="A person had it sent again.")
    message.to = ["first@example.org", "second@example.org"]
    server.replies["RCPT"] = ["250 OK", "550 5.1.1 No such user"]
    deliver(application, message)
    assert Letter.objects.get().note == (
        "A person had it sent again. 1 of the addresses were refused."
    )


def test_a_late_worker_that_loses_its_server_leaves_anothers_intent_alone(
    application, message, now
):
    late = make_letter(application, kind=RECEIVED)
    Letter.objects.update(intents=1, intent_at=now)
    with pytest.raises(MailServerAway):
        delivery._hand_over(late, message)
    letter = Letter.objects.get()
    assert (letter.intents, letter.intent_at) == (1, now)
