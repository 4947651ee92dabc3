import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Document
from applications.uploads import RULES, Refused, Upload, receive
from tests.applications.uploads import samples
from tests.applications.uploads.samples import received

RESUME = Document.Kind.RESUME
PHOTO = Document.Kind.PHOTO

GOOD = [
    (RESUME, "cv.pdf", samples.pdf(), "application/pdf"),
    (
        RESUME,
        "cv.docx",
        samples.docx(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (RESUME, "cv.odt", samples.odt(), "application/vnd.oasis.opendocument.text"),
    (RESUME, "cv.rtf", samples.RTF, "application/rtf"),
    (RESUME, "cv.txt", samples.TXT, "text/plain"),
    (PHOTO, "me.jpg", samples.picture("JPEG"), "image/jpeg"),
    (PHOTO, "me.jpeg", samples.picture("JPEG"), "image/jpeg"),
    (PHOTO, "me.png", samples.picture("PNG"), "image/png"),
    (PHOTO, "me.webp", samples.picture("WEBP"), "image/webp"),
]


def refusal(kind, filename, content):
    with pytest.raises(Refused) as refused:
        received(kind, filename, content)
    return str(refused.value)


@pytest.mark.parametrize(("kind", "filename", "content", "content_type"), GOOD)
def test_a_good_file_is_taken_with_a_type_of_our_own(kind, filename, content, content_type):
    assert received(kind, filename, content) == Upload(
        filename=filename, content_type=content_type, content=content
    )


@pytest.mark.parametrize("kind", [RESUME, PHOTO])
def test_an_empty_file_is_refused(kind):
    assert refusal(kind, "cv.pdf", b"") == "This file is empty. Choose another one."


@pytest.mark.parametrize(
    ("kind", "size", "sentence"),
    [
        (
            RESUME,
            10 * 1024 * 1024 + 1,
            "This file has 10.0\xa0MB. Choose one of at most 10.0\xa0MB.",
        ),
        (PHOTO, 7 * 1024 * 1024, "This file has 7.0\xa0MB. Choose one of at most 5.0\xa0MB."),
    ],
)
def test_a_file_that_is_too_large_is_refused_unread(kind, size, sentence):
    class Unreadable(SimpleUploadedFile):
        def read(self, *args):
            raise AssertionError("must not be read")

    file = Unreadable("cv.pdf", b"")
    file.size = size
    with pytest.raises(Refused) as refused:
        receive(kind, file)
    assert str(refused.value) == sentence


def test_a_file_of_exactly_the_limit_is_taken():
    limit = RULES[RESUME].max_bytes
    assert received(RESUME, "cv.txt", b"a" * limit).size == limit


@pytest.mark.parametrize("filename", ["cv.exe", "cv", "cv.pages", "cv.docm", "pdf"])
def test_an_unknown_type_is_refused_with_the_known_ones(filename):
    assert refusal(RESUME, filename, samples.pdf()) == (
        "We cannot take this type of file. Choose one of these: PDF, DOCX, ODT, RTF, TXT."
    )


def test_a_resume_is_no_photo():
    assert refusal(PHOTO, "cv.pdf", samples.pdf()) == (
        "We cannot take this type of file. Choose one of these: JPEG, PNG, WebP."
    )


@pytest.mark.parametrize(
    ("kind", "filename", "content", "format_name"),
    [
        (RESUME, "cv.pdf", samples.docx(), "PDF"),
        (RESUME, "cv.pdf", b"MZ\x90\x00 a program", "PDF"),
        (RESUME, "cv.docx", samples.pdf(), "DOCX"),
        (RESUME, "cv.docx", samples.odt(), "DOCX"),
        (RESUME, "cv.docx", samples.docx(samples.SHEET_TYPES), "DOCX"),
        (RESUME, "cv.odt", samples.docx(), "ODT"),
        (RESUME, "cv.rtf", b"only text", "RTF"),
        (RESUME, "cv.txt", samples.RTF, "TXT"),
        (RESUME, "cv.txt", samples.pdf(), "TXT"),
        (RESUME, "cv.txt", samples.picture("JPEG"), "TXT"),
        (PHOTO, "me.png", samples.picture("JPEG"), "PNG"),
        (PHOTO, "me.jpg", b"<svg onload='alert(1)'/>", "JPEG"),
    ],
)
def test_a_name_that_contradicts_the_content_is_refused(kind, filename, content, format_name):
    assert refusal(kind, filename, content) == (
        f"The name says {format_name}, the content does not. Save it again as {format_name}."
    )


@pytest.mark.parametrize("filename", ["cv.doc", "cv.docx"])
def test_word_before_2007_is_refused(filename):
    assert refusal(RESUME, filename, samples.OLD_WORD) == (
        "This is the format of Word before 2007. Save it as PDF or DOCX and choose the new file."
    )


@given(
    sample=st.sampled_from(GOOD),
    cut=st.floats(0, 1),
    noise=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4))),
)
def test_whatever_the_content_it_is_taken_or_refused_with_a_sentence(sample, cut, noise):
    kind, filename, content, _type = sample
    damaged = bytearray(content[: int(len(content) * cut)])
    for place, junk in noise:
        at = int(len(damaged) * place)
        damaged[at : at + len(junk)] = junk
    try:
        upload = received(kind, filename, bytes(damaged))
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert upload.content == damaged
