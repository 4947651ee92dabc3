from datetime import UTC, datetime

import pytest

from django_celery.local.inbox.message import Attachment, attachment, body, parse, summarise

NAME = "1767225600000000000-abcdef01"


def test_a_summary_tells_what_a_list_shows(letter):
    source = b"Return-Path: <x@y>\r\nDelivered-To: hr@example.com\r\n" + letter.as_bytes()
    summary = summarise(NAME, source)
    assert summary.to_json() == {
        "id": NAME,
        "message_id": "<one@example.com>",
        "from": "Jobs <jobs@example.com>",
        "to": ("hr@example.com", "ana@example.com"),
        "recipients": ("hr@example.com",),
        "subject": "Bewerbung: 山田太郎 & <script>alert(1)</script>",
        "received_at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
        "size": len(source),
        "attachments": (
            {"name": "Dossier Ünï.pdf", "content_type": "application/pdf", "size": 11},
            {"name": 'a"b.html', "content_type": "text/html", "size": 26},
        ),
    }


def test_a_message_without_any_header_is_summarised(letter):
    summary = summarise(NAME, b"\r\nhello")
    assert (summary.subject, summary.sender, summary.to, summary.attachments) == ("", "", (), ())


def test_both_texts_and_each_attachment_are_found(letter):
    message = parse(letter.as_bytes())
    assert body(message, "plain") == "Plain 日本\n"
    assert body(message, "html").startswith("<p>Rich")
    about, content = attachment(message, 0)
    assert about == Attachment("Dossier Ünï.pdf", "application/pdf", 11)
    assert content == b"%PDF-1.7 \x00\xff"
    with pytest.raises(IndexError):
        attachment(message, 2)


def test_an_unknown_character_set_is_read_as_far_as_it_goes():
    message = parse(b"Content-Type: text/plain; charset=klingon\r\n\r\nnuqneH")
    assert body(message, "plain") == "nuqneH"


def test_an_enclosed_message_counts_as_an_attachment(letter):
    letter.add_attachment(parse(b"Subject: inner\r\n\r\nhello"))
    about, content = attachment(parse(letter.as_bytes()), 2)
    assert about.content_type == "message/rfc822"
    assert b"Subject: inner" in content
