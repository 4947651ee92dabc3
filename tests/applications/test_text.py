import pytest

from applications.text import fold, one_line, paragraphs


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\r\nBcc: eve@example.org", "Ada Bcc: eve@example.org"),
        ("Ada\u2028Love\x85lace", "Ada Love lace"),
        ("Ada\u202eecalevoL", "AdaecalevoL"),
        ("\x07Ada\x1b[31m", "Ada[31m"),
        ("می\u200cروم", "می\u200cروم"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u200b\u200f \u2067", ""),
        ("a\0b", "a\0b"),
    ],
)
def test_one_line_is_one_line_of_visible_text(text, line):
    assert one_line(text) == line


def test_paragraphs_keep_their_lines_with_line_feeds():
    assert (
        paragraphs("Dear team,\r\n\r\n\tI\u202e am\u2029here.\n") == "Dear team,\n\n\tI am\nhere."
    )


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("ZÜRICH", "zurich"),
        ("São Paulo", "sao paulo"),
        ("Straße", "strasse"),
        ("full_time", "full time"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("C++ 100%", "c++ 100%"),
        ("東京", "東京"),
    ],
)
def test_what_is_searched_is_compared_without_case_and_accents(typed, compared):
    assert fold(typed) == compared
