from html import unescape

import pytest

from applications.dossier.passage import one_line, paragraphs

ZERO_WIDTH_SPACE = "\u200b"


def test_blank_lines_part_paragraphs_and_line_breaks_within_them_stay():
    texts = [
        passage.text for passage in paragraphs("Dear team,\n \n\n\nI code.\nDaily.\n\nYours\n")
    ]

    assert texts == ["Dear team,", "I code.\nDaily.", "Yours"]


def test_a_letter_of_nothing_but_space_has_no_paragraphs():
    assert paragraphs(" \n\t\n ") == ()


def test_control_characters_and_turned_reading_order_are_left_out():
    assert one_line("cv\u202egpj\x07.exe").text == "cvgpj.exe"
    assert [passage.text for passage in paragraphs("a\x00\x08b\u2029c")] == ["a\x00b\nc"]


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("Amina Okafor", "ltr"),
        ("أمينة عبد الرحمن", "rtl"),
        ("דוד כהן", "rtl"),
        ("Python هي اللغة التي أحبها", "rtl"),
        ("عملت مع Python وPostgreSQL وCelery", "rtl"),
        ("My name, محمد, is common where I was born", "ltr"),
        ("+49 40 5550177", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_passage_runs_as_its_words_do(words, direction):
    assert one_line(words).direction == direction


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Zoë Lindqvist", "und"),
        ("山田さん", "ja"),
        ("金 민준", "ko"),
        ("王小明", "zh"),
        ("محمد", "ar"),
        ("דוד", "he"),
    ],
)
def test_letters_tell_the_language_where_they_can(words, language):
    assert one_line(words).language == language


def test_an_overlong_word_may_break_after_each_tenth_character():
    assert one_line("x" * 55).breakable == ZERO_WIDTH_SPACE.join(["x" * 10] * 5 + ["x" * 5])


@pytest.mark.parametrize("words", ["x" * 49, "word " * 30, "漢" * 200, "ก" * 200])
def test_what_breaks_by_itself_is_left_as_it_is(words):
    passage = one_line(words)

    assert passage.breakable == passage.text


def test_attributes_are_safe_html():
    assert unescape(one_line("<b>").attributes) == 'dir="ltr" lang="und"'
