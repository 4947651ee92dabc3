import re

import pytest
from django.utils.html import urlize
from hypothesis import given
from hypothesis import strategies as st

from applications.letters.links import unlinked


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/login",
        "HTTP://EVIL.EXAMPLE",
        "http://localhost/",
        "www.evil.com",
        "evil.com",
        "evil.com/path?q=1#top",
        "http://10.0.0.1/",
        "(see evil.org)",
        "evil.1and1.com",
        "https://пример.рф/",
        "163.com",
    ],
)
def test_nothing_typed_becomes_a_link(text):
    assert "<a " in urlize(text)
    assert "<a " not in urlize(unlinked(text))


@given(
    st.from_regex(r"(https?://|www\.)?([a-z0-9-]+\.){1,3}(com|org|net)(/[a-z.]*)?", fullmatch=True)
)
def test_no_address_of_any_shape_becomes_a_link(text):
    assert "<a " not in urlize(unlinked(text))


def test_no_mail_address_is_left_whole():
    text = unlinked("Write to mailto:somebody@evil.com or a@b.example.")
    assert re.findall(r"[\w.]+@[\w.]+", text) == []


def test_windows_share_is_broken_too():
    assert unlinked(r"\\evil\share") == "\u2060\\\u2060\\evil\\share"


@pytest.mark.parametrize("text", ["Good day. My name is Ada.", "3.5 years, 1.0 MB", "...", "9:30"])
def test_ordinary_text_stays_as_it_is(text):
    assert unlinked(text) == text


def test_text_looks_the_same():
    text = "See https://evil.example and evil.com."
    assert unlinked(text).replace("\u2060", "") == text
