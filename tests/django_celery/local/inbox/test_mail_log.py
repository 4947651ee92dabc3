"""The log is read by the product's own eyes: applications.letters.evidence."""

import re

import pytest

from applications.letters import evidence
from django_celery.local.inbox.mail_log import LoggingStore

LETTER = b"Message-ID: <one@example.org>\r\nSubject: One\r\n\r\nText\r\n"


@pytest.fixture
def log(tmp_path, settings):
    path = tmp_path / "mail.log"
    settings.EMAIL_EVIDENCE_URL = f"file://{path}"
    return path


@pytest.fixture
def store(tmp_path, log):
    return LoggingStore(tmp_path / "inbox", log=log)


def test_a_kept_letter_leaves_the_traces_that_count_as_evidence(store):
    name = store.add(LETTER, sender="jobs@example.com", recipients=["a@example.org"])
    assert evidence.shows("<one@example.org>")
    assert store.source(name).endswith(LETTER)


def test_another_letter_leaves_none(store):
    store.add(LETTER, sender="jobs@example.com", recipients=["a@example.org"])
    assert not evidence.shows("<two@example.org>")


def test_before_the_first_letter_the_log_is_there_and_empty(store, log):
    assert log.read_text() == ""
    assert not evidence.shows("<one@example.org>")


def test_the_lines_are_postfix_lines(store, log):
    store.add(LETTER, sender="jobs@example.com", recipients=["a@example.org", "b@example.org"])
    named, queued = log.read_text().splitlines()
    queue_id = re.search(r"postfix/cleanup\[1\]: ([0-9A-F]+): message-id=<one@example.org>$", named)
    assert f"postfix/qmgr[1]: {queue_id[1]}: from=<jobs@example.com>, size=" in queued
    assert queued.endswith("nrcpt=2 (queue active)")
