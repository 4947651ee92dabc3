"""A letter in doubt: what the mail server's traces say, and what the policies make of it."""

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
ACCEPTED = f"""\
Mar  2 09:30:00 mx postfix/smtpd[10]: 4XyZ: client=localhost[127.0.0.1]
Mar  2 09:30:00 mx postfix/cleanup[11]: 4XyZ: message-id={MESSAGE_ID}
Mar  2 09:30:00 mx postfix/qmgr[12]: 4XyZ: from=<jobs@example.com>, size=1, nrcpt=1 (queue active)
"""
NOT_QUEUED = "\n".join(ACCEPTED.splitlines()[:2])
OTHER_QUEUED = ACCEPTED.replace("qmgr[12]: 4XyZ", "qmgr[12]: 9AbC")


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
        intents=1,
        intent_at=now - timedelta(minutes=1),
    )


def test_a_letter_that_postfix_queued_was_sent(log, letter, now):
    log.write_text(ACCEPTED)
    assert doubt.settle(letter, now=now).sent_at == now
    letter.refresh_from_db()
    assert letter.sent_at == now


@pytest.mark.parametrize("text", ["", NOT_QUEUED, OTHER_QUEUED])
def test_a_letter_that_postfix_did_not_queue_is_sent_again(log, letter, now, text):
    log.write_text(text)
    settled = doubt.settle(letter, now=now)
    assert settled.sent_at is None
    assert settled.note == "Sent again on 2026-03-02 09:30 UTC: the mail server never had it."


@pytest.mark.parametrize(
    ("age", "error"),
    [(timedelta(seconds=29), EvidenceAway), (timedelta(days=1, seconds=1), LetterHeld)],
)
def test_no_trace_says_nothing_too_early_and_too_late(log, letter, now, age, error):
    log.write_text("")
    letter.intent_at = now - age
    with pytest.raises(error):
        doubt.settle(letter, now=now)


def test_a_log_that_was_rotated_meanwhile_is_read_too(log, letter, now):
    log.write_text("")
    Path(f"{log}.1").write_text(ACCEPTED)
    assert doubt.settle(letter, now=now).sent_at == now


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


def test_a_mailbox_is_asked_for_the_message_id(mailbox):
    assert evidence.shows(MESSAGE_ID) is True
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
        f'"{MESSAGE_ID}"',
    )


def test_a_mailbox_that_cannot_search_shows_nothing_at_all(mailbox, monkeypatch):
    monkeypatch.setattr(mailbox, "status", "NO")
    with pytest.raises(EvidenceAway):
        evidence.shows(MESSAGE_ID)


def test_a_mailbox_without_it_shows_nothing(mailbox, monkeypatch):
    monkeypatch.setattr(mailbox, "found", b"")
    assert evidence.shows(MESSAGE_ID) is False


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
    log.write_text("")
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
