from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr

from django.core.mail import EmailMultiAlternatives
from hypothesis import example, given
from hypothesis import strategies as st

from applications.letters.headers import headers, mailbox, message_id
from applications.letters.message import LetterMessage
from applications.models import Letter
from applications.text import one_line
from tests.applications.letters.arrival import arrived, on_the_wire

# NUL and lone surrogates reach no letter: the database takes neither.
any_name = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=200
)


def subject_about(name: str) -> str:
    return one_line(f"New application: {name} (7K3M-9QXA)")


def letter_about(name: str) -> EmailMultiAlternatives:
    return LetterMessage(
        subject=subject_about(name),
        body="Good day.",
        to=["hr@example.com"],
        reply_to=[mailbox(name, "ada@example.org")],
        headers={"Message-ID": "<1@example.com>", "Date": "Fri, 27 Feb 2026 09:12:00 +0000"},
    )


def mailbox_of(header: str) -> tuple[str, str]:
    name, address = parseaddr(header)
    return str(make_header(decode_header(name))), address


@given(any_name)
@example("أمل عبد الرحمن الحدّاد")
@example("李小龍" * 60)
@example("Zoë “Zo” Ümlaut, née O'Brien")
@example('Ada "Countess" Lovelace, Jr. <ada@example.com>')
@example("👩🏽‍💻 Grace 👨‍👩‍👧‍👦")
@example("=?utf-8?q?Not_an_encoded_word?=")
@example("Wolfeschlegelsteinhausenbergerdorff " * 5)
@example("x" * 200)
@example("Ada\r\nBcc: victim@example.com")
@example("Ada\u2028Bcc: victim@example.com\x85X-Evil: 1")
@example("\\")
@example('"')
@example("a@b.example, c@d.example")
@example("Group: a@b.example;")
@example("(comment)")
def test_any_name_arrives_as_it_was_and_adds_no_header(name):
    # Python 3.11's newer parser keeps the blank between two encoded words of a mailbox, against
    # RFC 2047 §6.2: its older one reads the address.
    message = arrived(letter_about(name))
    older = BytesParser(policy=policy.compat32).parsebytes(on_the_wire(letter_about(name)))

    assert mailbox_of(older["Reply-To"]) == (one_line(name), "ada@example.org")
    assert message["Subject"] == subject_about(name)
    assert set(message.keys()) == {
        "Subject", "From", "To", "Reply-To", "Message-ID", "Date",
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding",
    }  # fmt: skip


@given(any_name)
def test_header_lines_with_encoded_words_stay_within_76_characters(name):
    head, _, _body = on_the_wire(letter_about(name)).partition(b"\r\n\r\n")
    too_long = [line for line in head.split(b"\r\n") if b"=?utf-8?" in line and len(line) > 76]
    assert too_long == []


def test_domain_beyond_ascii_becomes_punycode():
    assert mailbox("Ada", "ada@bücher.example") == "Ada <ada@xn--bcher-kva.example>"


def test_message_id_names_application_and_letter(application):
    expected = f"<{application.pk}.new_application@example.com>"
    assert message_id(Letter.Kind.NEW_APPLICATION, str(application.pk)) == expected


def test_message_id_is_a_dot_atom_whatever_the_letter_is_about():
    kind = Letter.Kind.NEW_APPLICATION
    assert message_id(kind, "alert:17:2026-03-02") == (
        "<alert%3A17%3A2026-03-02.new_application@example.com>"
    )
    assert message_id(kind, "a..b") == "<a%2E%2Eb.new_application@example.com>"


def test_message_id_takes_the_sites_host_where_the_sender_has_none(application, settings):
    settings.DEFAULT_FROM_EMAIL = "root"
    kind = Letter.Kind.APPLICATION_RECEIVED
    expected = f"<{application.pk}.application_received@jobs.example.com>"
    assert message_id(kind, str(application.pk)) == expected


def test_date_is_when_the_letter_was_written_on_the_offices_clock(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    applied_at = datetime(2026, 2, 27, 9, 12, tzinfo=UTC)
    written = headers(Letter.Kind.NEW_APPLICATION, "1", written_at=applied_at)["Date"]
    assert written == "Fri, 27 Feb 2026 18:12:00 +0900"
