import pytest

from applications.uploads import Refused
from applications.uploads.pdf import inspect_pdf, is_pdf
from tests.applications.uploads import samples


def test_a_header_after_some_bytes_is_a_pdf_all_the_same():
    assert is_pdf(b"\xef\xbb\xbf\r\n" + samples.pdf())


def test_a_pdf_with_a_cross_reference_stream_is_good():
    inspect_pdf(b"%PDF-1.7\n9 0 obj <</Type/XRef/Root 1 0 R>> stream\nstartxref\n9\n%%EOF")


def test_a_pdf_that_only_speaks_of_encryption_is_good():
    inspect_pdf(samples.pdf().replace(b"startxref", b"% /Encrypt and /EncryptMetadata\nstartxref"))


def test_a_pdf_with_a_password_is_refused():
    with pytest.raises(Refused, match="protected with a password"):
        inspect_pdf(samples.pdf(password="secret"))


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf()[:-60],
        b"%PDF-1.4\n" + bytes(1000),
        b"%PDF-1.4\nstartxref\n%%EOF",
        samples.pdf().replace(b"/Root", b"/Boot"),
    ],
)
def test_a_damaged_pdf_is_refused(content):
    with pytest.raises(Refused, match="This PDF is damaged"):
        inspect_pdf(content)
