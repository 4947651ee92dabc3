"""A letter in doubt: what the mail server's traces say, and what the policies make of it."""

import gzip
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from applications.letters import doubt, evidence
from applications.letters.errors import EvidenceAway, LetterHeld
from applications.letters.headers import headers
from applications.models import Letter
from tests.factories import make_application, make_letter

KIND = Letter.Kind.APPLICATION_RECEIVED
MESSAGE_ID = "<1.application_received@example.com>"
HEADERS_READ = f"""\
Mar  2 09:30:00 mx postfix/smtpd[10]: connect from localhost[127.0.0.1]
Mar  2 09:30:00 mx postfix/smtpd[10]: 4XyZ: client=localhost[127.0.0.1]
Mar  2 09:30:00 mx postfix/cleanup[11]: 4XyZ: message-id={MESSAGE_ID}
"""
QUEUED = "Mar  2 09:30:01 mx postfix/qmgr[12]: 4XyZ: from=<a@b.c>, size=1, nrcpt=1 (queue active)\n"
ACCEPTED = HEADERS_READ + QUEUED
QUARANTINED = f"""{HEADERS_READ}\
Mar  2 09:30:01 mx postfix/cleanup[11]: 4XyZ: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]
"""
LOST = "Mar  2 09:30:01 mx postfix/smtpd[10]: lost connection after DATA (9 bytes) from localhost\n"
CUT_OFF = HEADERS_READ + LOST
TIMED_OUT = CUT_OFF.replace("lost connection", "timeout")
REFUSED = f"""{HEADERS_READ}\
Mar  2 09:30:01 mx postfix/cleanup[11]: 4XyZ: milter-reject: END-OF-MESSAGE from localhost: 4.7.1
Mar  2 09:30:01 mx postfix/smtpd[10]: lost connection after END-OF-MESSAGE from localhost[127.0.0.1]
"""
# In the order in which Postfix 3.7.11 wrote them.
CUT_OFF_WHILE_SMALL = f"""\
Mar  2 09:30:00 mx postfix/smtpd[10]: C01E2222045: client=localhost[127.0.0.1]
Mar  2 09:30:00 mx postfix/smtpd[10]: lost connection after DATA (2068 bytes) from localhost
Mar  2 09:30:00 mx postfix/cleanup[11]: C01E2222045: message-id={MESSAGE_ID}
"""
REFUSED_WHILE_SMALL = f"""\
Mar  2 09:30:00 mx postfix/smtpd[10]: E9F60222045: client=localhost[127.0.0.1]
Mar  2 09:30:00 mx postfix/smtpd[10]: E9F60222045: reject: END-OF-MESSAGE from localhost: 554 5.7.1
Mar  2 09:30:00 mx postfix/cleanup[11]: E9F60222045: message-id={MESSAGE_ID}
"""
AGAINST_A_POLICY = f"""{HEADERS_READ}\
Mar  2 09:30:01 mx postfix/smtpd[10]: 4XyZ: reject: END-OF-MESSAGE from localhost: 451 4.7.1 No
"""
AGAINST_THE_RULES = f"""{HEADERS_READ}\
Mar  2 09:30:01 mx postfix/cleanup[11]: 4XyZ: reject: body x from localhost[127.0.0.1]: 5.7.1 No
"""
ID_GIVEN_ANEW = f"""{HEADERS_READ}\
Mar  2 09:30:05 mx postfix/cleanup[13]: 4XyZ: message-id=<another@example.com>
{QUEUED}"""
BY_A_RULE = {
    "about headers": f"""{HEADERS_READ}\
Mar  2 09:30:00 mx postfix/cleanup[11]: 4XyZ: hold: header Subject: x from localhost[127.0.0.1]
""",
    "about recipients": HEADERS_READ.replace(
        "Mar  2 09:30:00 mx postfix/cleanup",
        "Mar  2 09:30:00 mx postfix/smtpd[10]: 4XyZ: hold: RCPT from localhost[127.0.0.1]: x\n"
        "Mar  2 09:30:00 mx postfix/cleanup",
    ),
}
UNSEEN = {
    "nothing": "",
    "another letter's way": ACCEPTED.replace(MESSAGE_ID, "<another@example.com>"),
}
LOST_BEFORE = f"Mar  2 09:29:59 mx postfix/smtpd[10]: 4XyZ: client=localhost[127.0.0.1]\n{LOST}"
# A copy has come, and what became of it is not told.
OPEN = {
    **BY_A_RULE,
    "its headers": HEADERS_READ,
    "the end of another message that had its queue id before": LOST_BEFORE + HEADERS_READ,
    "that its reply was lost": f"{HEADERS_READ}{LOST.replace('DATA (9 bytes)', 'END-OF-MESSAGE')}",
    "that it was refused for a recipient": HEADERS_READ
    + "Mar  2 09:30:00 mx postfix/smtpd[10]: 4XyZ: reject: RCPT from localhost: 550 5.1.1 No\n",
    "the end of another session": f"{HEADERS_READ}{LOST.replace('[10]', '[20]')}",
    "the end of an earlier copy": CUT_OFF + HEADERS_READ.replace("4XyZ", "5XyZ"),
    "that another one is queued": HEADERS_READ + QUEUED.replace("4XyZ", "9AbC"),
}


@pytest.fixture
def log(settings, tmp_path):
    path = tmp_path / "mail.log"
    settings.EMAIL_DOUBT_POLICY = "evidence"
    settings.EMAIL_EVIDENCE_URL = path.as_uri()
    return path


@pytest.fixture
def letter(db, now):
    return make_letter(
        make_application(),
        kind=KIND,
        message_id=MESSAGE_ID,
        copies_begun=1,
        intents=1,
        intent_at=now - timedelta(minutes=1),
    )


def trace(letter):
    return evidence.find(letter.message_id, copies=letter.copies_begun, since=letter.intent_at)


@pytest.mark.parametrize("text", [ACCEPTED, QUARANTINED, CUT_OFF + ACCEPTED, CUT_OFF + QUEUED])
def test_a_letter_that_postfix_took_was_sent(log, letter, now, text):
    log.write_text(text)
    assert doubt.settle(letter, now=now).sent_at == now
    letter.refresh_from_db()
    assert letter.sent_at == now


@pytest.mark.parametrize(
    "text",
    [
        CUT_OFF,
        TIMED_OUT,
        REFUSED,
        AGAINST_THE_RULES,
        AGAINST_A_POLICY,
        CUT_OFF_WHILE_SMALL,
        REFUSED_WHILE_SMALL,
        ID_GIVEN_ANEW,
        CUT_OFF + CUT_OFF,
    ],
)
def test_a_letter_that_postfix_let_go_of_is_sent_again(log, letter, now, text):
    log.write_text(text)
    settled = doubt.settle(letter, now=now)
    assert settled.sent_at is None
    assert settled.note == "Sent again on 2026-03-02 09:30 UTC: the mail server never had it."


def test_a_log_may_lag_behind(log, letter, now):
    """What it tells of the letter may not be all yet."""
    log.write_text(CUT_OFF)
    letter.intent_at = now - timedelta(seconds=29)
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)


@pytest.mark.parametrize("told", UNSEEN)
def test_a_server_that_may_still_take_the_letter_has_ten_minutes_for_it(log, letter, now, told):
    log.write_text(UNSEEN[told])
    letter.intent_at = now - timedelta(minutes=9, seconds=59)
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)
    letter.intent_at = now - timedelta(minutes=10)
    assert doubt.settle(letter, now=now).note.endswith("the mail server never had it.")


@pytest.mark.parametrize("let_go_of", [CUT_OFF, REFUSED])
@pytest.mark.parametrize("copies", [2, 0, None])
def test_the_end_of_an_earlier_copy_is_no_word_on_one_that_a_filter_may_have(
    log, letter, now, copies, let_go_of
):
    letter.copies_begun = copies
    log.write_text(let_go_of)
    letter.intent_at = now - timedelta(minutes=9, seconds=59)
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)
    letter.intent_at = now - timedelta(minutes=10)
    assert doubt.settle(letter, now=now).note.endswith("the mail server never had it.")
    log.write_text(let_go_of + ACCEPTED.replace("4XyZ", "5XyZ"))
    assert doubt.settle(letter, now=now).sent_at == now


@pytest.mark.parametrize("copies", [1, 2])
def test_once_the_end_of_every_copy_is_told_there_is_no_wait(log, letter, now, copies):
    letter.copies_begun = copies
    log.write_text(CUT_OFF + REFUSED.replace("4XyZ", "5XyZ"))
    assert doubt.settle(letter, now=now).note.endswith("the mail server never had it.")


def test_lines_that_are_in_two_files_tell_of_one_copy(log, letter, now):
    letter.copies_begun = 2
    log.write_text(CUT_OFF)
    Path(f"{log}.1").write_text(CUT_OFF)
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)


@pytest.mark.parametrize("told", OPEN)
def test_a_copy_whose_end_is_never_told_is_for_a_person(log, letter, now, told):
    log.write_text(OPEN[told])
    letter.intent_at = now - timedelta(minutes=9, seconds=59)
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)
    letter.intent_at = now - timedelta(minutes=10)
    with pytest.raises(LetterHeld):
        doubt.settle(letter, now=now)


@pytest.mark.parametrize("rule", BY_A_RULE)
def test_one_that_broke_off_or_that_was_let_go_is_not_put_aside(log, letter, now, rule):
    log.write_text(BY_A_RULE[rule] + LOST)
    assert doubt.settle(letter, now=now).note.endswith("the mail server never had it.")
    log.write_text(BY_A_RULE[rule] + QUEUED)
    assert doubt.settle(letter, now=now).sent_at == now


def test_traces_that_may_be_gone_leave_it_to_a_person(log, letter, now):
    log.write_text("")
    letter.intent_at = now - timedelta(days=1, seconds=1)
    with pytest.raises(LetterHeld):
        doubt.settle(letter, now=now)


def test_a_log_that_was_rotated_between_headers_and_intent_is_read_too(log, letter, now):
    rotated = log.with_name("mail.log.1")
    rotated.write_text(HEADERS_READ)
    written_at = (letter.intent_at - timedelta(minutes=3)).timestamp()
    os.utime(rotated, (written_at, written_at))
    log.write_text(QUEUED)
    assert doubt.settle(letter, now=now).sent_at == now


@pytest.mark.parametrize("content", [b"no archive", gzip.compress(ACCEPTED.encode())[:-20]])
def test_a_rotated_log_that_cannot_be_read_is_no_log_in_which_nothing_stands(
    log, letter, now, content
):
    log.write_text("")
    log.with_name("mail.log.1.gz").write_bytes(content)
    letter.intent_at = now - timedelta(minutes=10)
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)


def test_without_a_log_nothing_is_guessed(log, letter, now):
    with pytest.raises(EvidenceAway):
        doubt.settle(letter, now=now)


@dataclass
class FakeMailbox:
    """Speaks the four commands of IMAP that are needed."""

    host: str
    port: int
    timeout: float
    status = "OK"
    found = b"7"
    said = ()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def login(self, user, password):
        FakeMailbox.said = (self.host, self.port, user, password)

    def select(self, mailbox, *, readonly):
        FakeMailbox.said += (mailbox, readonly)

    def search(self, *criteria):
        FakeMailbox.said += criteria
        return self.status, [self.found]


@pytest.fixture
def mailbox(settings, monkeypatch):
    settings.EMAIL_EVIDENCE_URL = "imaps://me%40example.com:p%40ss@imap.example.com/Sent%20Mail"
    monkeypatch.setattr(evidence.imaplib, "IMAP4_SSL", FakeMailbox)
    return FakeMailbox


def test_a_mailbox_is_asked_for_the_message_id(mailbox, letter):
    assert trace(letter) is evidence.Trace.TAKEN
    assert mailbox.said == (
        "imap.example.com",
        993,
        "me@example.com",
        "p@ss",
        "Sent Mail",
        True,
        None,
        "HEADER",
        "Message-ID",
        f'"{letter.message_id}"',
    )


def test_a_mailbox_that_cannot_search_shows_nothing_at_all(mailbox, letter, monkeypatch):
    monkeypatch.setattr(mailbox, "status", "NO")
    with pytest.raises(EvidenceAway):
        trace(letter)


def test_a_mailbox_without_it_shows_nothing(mailbox, letter, monkeypatch):
    monkeypatch.setattr(mailbox, "found", b"")
    assert trace(letter) is evidence.Trace.NONE


def test_an_idempotent_provider_gets_the_letter_again_however_often(letter, settings, now):
    settings.EMAIL_DOUBT_POLICY = "idempotent"
    letter.intents = 5
    assert doubt.settle(letter, now=now).note.endswith("the provider drops a second copy.")


def test_an_idempotent_provider_gets_its_key(letter, settings, now):
    settings.EMAIL_IDEMPOTENCY_HEADER = "Resend-Idempotency-Key"
    key = headers(KIND, letter.about, written_at=now)["Resend-Idempotency-Key"]
    assert key == f"{letter.application_id}.application_received"


def test_resend_once_is_once(letter, now):
    doubt.settle(letter, now=now)
    letter.intents = 2
    with pytest.raises(LetterHeld):
        doubt.settle(letter, now=now)


@pytest.mark.parametrize("policy", ["evidence", "idempotent", "resend_once"])
def test_what_a_person_noted_stays(log, letter, settings, now, policy):
    log.write_text(CUT_OFF)
    settings.EMAIL_DOUBT_POLICY = policy
    letter.note = "A person had it sent again on 2026-03-01 12:00 UTC."
    note = doubt.settle(letter, now=now).note
    assert note.startswith("A person had it sent again on 2026-03-01 12:00 UTC. Sent again on")


def test_of_a_note_that_becomes_too_long_the_end_stays(letter, now):
    letter.note = "x" * 490
    note = doubt.settle(letter, now=now).note
    assert (len(note), note[-11:]) == (500, "is unknown.")


def test_hold_holds(letter, settings, now):
    settings.EMAIL_DOUBT_POLICY = "hold"
    with pytest.raises(LetterHeld):
        doubt.settle(letter, now=now)
