import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.uploads.names import extension, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("Ada Lovelace CV.pdf", "Ada Lovelace CV.pdf"),
        ("履歴書 山田.pdf", "履歴書 山田.pdf"),
        ("سيرة ذاتية.docx", "سيرة ذاتية.docx"),
        ("Lebenslauf von Jürgen.PDF", "Lebenslauf von Jürgen.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ada\\cv.pdf", "cv.pdf"),
        ("cv\r\nBcc: eve@example.org.pdf", "cv Bcc_ eve@example.org.pdf"),
        ("cv\u202efdp.exe.pdf", "cvfdp.exe.pdf"),
        ('my "best" cv?.pdf', "my _best_ cv_.pdf"),
        ("cv\x00.pdf", "cv_.pdf"),
        ("...cv...pdf", "cv.pdf"),
        (".pdf", "cv.pdf"),
        ("\u200b\u202e.pdf", "cv.pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_harm(given_name, kept_name):
    assert safe_name(given_name, fallback="cv") == kept_name


def test_a_long_name_is_cut_between_characters():
    name = safe_name("履" * 300 + ".pdf", fallback="cv")
    assert name == "履" * 40 + ".pdf"


@pytest.mark.parametrize(
    ("filename", "expected"),
    [("cv.PDF", "pdf"), ("cv.tar.gz", "gz"), ("cv", ""), ("a.b/cv", ""), ("cv.pdf\u202e", "pdf")],
)
def test_the_extension_is_what_follows_the_last_dot(filename, expected):
    assert extension(filename) == expected


@given(st.text())
def test_no_name_breaks_a_line_or_leaves_its_folder(filename):
    name = safe_name(f"{filename}.pdf", fallback="cv")
    assert name.splitlines() == [name]
    assert not set(name) & set("/\\\0")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 124
