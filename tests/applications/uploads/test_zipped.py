import time

import pytest

from applications.uploads import Refused
from applications.uploads.zipped import MAX_UNPACKED, inspect_docx, inspect_odt
from tests.applications.uploads import samples

DAMAGED = "This document is damaged"
PROTECTED = "protected with a password"
BOMB = "unpacks to far too much"


def claiming(content, size):
    """The archive with another unpacked size for its last part in the list of parts."""
    entry = content.rfind(b"PK\x01\x02")
    return content[: entry + 24] + size.to_bytes(4, "little") + content[entry + 28 :]


def locked(content):
    """The archive with the flag for encryption on its last part (APPNOTE.TXT, 4.4.4)."""
    entry = content.rfind(b"PK\x01\x02")
    return content[: entry + 8] + b"\x01" + content[entry + 9 :]


def test_a_document_may_claim_what_a_large_one_needs():
    inspect_docx(claiming(samples.docx(), MAX_UNPACKED - 1000))


def test_a_bomb_is_refused_by_its_claims_alone():
    with pytest.raises(Refused, match=BOMB):
        inspect_docx(claiming(samples.docx(), MAX_UNPACKED))
    with pytest.raises(Refused, match=BOMB):
        inspect_odt(claiming(samples.odt(), 0xFFFFFFF0))


def test_a_hundred_thousand_parts_are_refused_uncounted():
    content = samples.docx(samples.WORD_TYPES, *((f"word/{n}.xml", b"") for n in range(9_000)))
    started = time.process_time()
    with pytest.raises(Refused, match=BOMB):
        inspect_docx(content)
    assert time.process_time() - started < 0.05


def test_a_list_of_types_that_unpacks_without_end_is_read_in_part():
    with pytest.raises(Refused, match="The name says DOCX"):
        inspect_docx(samples.docx(bytes(100 * 1024 * 1024)))


@pytest.mark.parametrize("inspect", [inspect_docx, inspect_odt])
@pytest.mark.parametrize("content", [b"PK\x03\x04", samples.docx()[:-30], b"PK\x03\x04" * 99])
def test_a_damaged_archive_is_refused(inspect, content):
    with pytest.raises(Refused, match=DAMAGED):
        inspect(content)


def test_a_part_that_does_not_unpack_is_refused():
    content = samples.docx()
    start = content.find(b"[Content_Types].xml") + len("[Content_Types].xml")
    with pytest.raises(Refused, match=DAMAGED):
        inspect_docx(content[:start] + bytes(20) + content[start + 20 :])


def test_a_document_with_a_password_is_refused():
    with pytest.raises(Refused, match=PROTECTED):
        inspect_odt(samples.odt(samples.LOCKED_MANIFEST))
    with pytest.raises(Refused, match=PROTECTED):
        inspect_docx(locked(samples.docx()))
