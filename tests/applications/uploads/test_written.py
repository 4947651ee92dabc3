import pytest

from applications.uploads import Refused
from applications.uploads.written import inspect_text, is_text


@pytest.mark.parametrize(
    "content",
    [
        b"plain",
        "日本語 עברית 🙂".encode(),
        "café".encode("latin-1"),
        "日本語".encode("utf-16"),
        b"tab\tand\r\nline\f",
    ],
)
def test_text_in_many_encodings_is_text(content):
    assert is_text(content)


@pytest.mark.parametrize(
    "content", [b"a\0b", b"\x7fELF\x02\x01", b"\xff\xfe\x00\xd8", b"\xff\xfea\x00\x00\x00"]
)
def test_binary_is_no_text(content):
    assert not is_text(content)


def test_text_of_blanks_is_refused():
    with pytest.raises(Refused, match="There is nothing in this file"):
        inspect_text(b" \r\n\t ")
