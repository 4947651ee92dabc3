import hashlib
from email import policy
from email.parser import BytesParser

import pytest

from applications.letters.enclosures import (
    MAX_ENCODED_SIZE,
    Enclosure,
    encoded_size,
    mime_part,
    that_fit,
)


def enclosure(size: int, name: str = "cv.pdf") -> Enclosure:
    return Enclosure(name, "application/pdf", bytes(size))


def arrived(enclosed: Enclosure):
    wire = mime_part(enclosed).as_bytes(policy=policy.SMTP)
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    return BytesParser(policy=policy.default).parsebytes(wire)


@pytest.mark.parametrize("size", [1, 2, 3, 56, 57, 58, 113, 114, 115, 100_000])
def test_encoded_size_is_what_travels(size):
    wire = mime_part(enclosure(size)).as_bytes(policy=policy.SMTP)
    assert encoded_size(bytes(size)) == len(wire.partition(b"\r\n\r\n")[2])


def test_what_fits_is_counted_as_encoded():
    largest = enclosure(6_576_921)
    assert encoded_size(largest.content) == MAX_ENCODED_SIZE - 2
    assert that_fit([largest]) == [largest]
    assert that_fit([enclosure(6_576_922)]) == []


def test_what_comes_first_goes_first():
    dossier, cv, photo = enclosure(200), enclosure(6_576_921), enclosure(300)
    assert that_fit([dossier, cv, photo]) == [dossier, photo]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"one\r\ntwo\rthree\nfour", "text/plain"),
        ("Größe".encode("latin-1"), "text/plain"),
        (bytes(range(256)), "application/pdf"),
    ],
)
def test_file_arrives_to_the_byte(content, content_type):
    part = arrived(Enclosure("cv.txt", content_type, content))
    assert part.get_content_type() == content_type
    received = part.get_payload(decode=True)
    assert hashlib.sha256(received).digest() == hashlib.sha256(content).digest()


@pytest.mark.parametrize(
    "name",
    [
        "cv.pdf",
        "my cv (final), really; last.pdf",
        "Lebenslauf Müller.pdf",
        "السيرة الذاتية.pdf",
        "履歴書.pdf",
        "cv 🚀.pdf",
        "it's 100%.pdf",
    ],
)
def test_name_of_a_file_arrives_as_it_was(name):
    assert arrived(enclosure(3, name)).get_filename() == name


def test_name_of_a_file_cannot_leave_its_header_or_its_folder():
    part = arrived(enclosure(3, '../a"\r\nX-Evil: 1\u202efdp.exe'))
    assert part.get_filename() == ".._a_ X-Evil_ 1fdp.exe"
    assert "X-Evil" not in part


@pytest.mark.parametrize("stem", ["x", "履", "👩‍💻"])
def test_very_long_name_of_a_file_keeps_its_extension_within_255_bytes(stem):
    name = arrived(enclosure(3, stem * 255 + ".pdf")).get_filename()
    assert name.startswith(stem)
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 255


def test_very_long_extension_is_shortened_too():
    name = arrived(enclosure(3, "cv." + "履" * 250)).get_filename()
    assert len(name.encode()) <= 255
