from hypothesis import given
from hypothesis import strategies as st

from applications.letters.plain import aligned, flowing, indented, laid_out, width, wrapped

SENTENCE = "The quick brown fox jumps over the lazy dog and runs on and on through the dark wood."


def test_long_line_goes_on_under_its_indentation():
    assert wrapped("  " + SENTENCE) == [
        "  The quick brown fox jumps over the lazy dog and runs on and on through",
        "  the dark wood.",
    ]


def test_link_stays_whole_however_long():
    link = "https://jobs.example.com/" + "x" * 100
    assert laid_out(f"Your page:\n{link}\n") == f"Your page:\n{link}\n"


def test_ideographs_wrap_by_their_width_and_keep_their_full_stop():
    lines = wrapped("これは文です。" * 12)
    assert [width(line) <= 72 for line in lines[:-1]] == [True] * (len(lines) - 1)
    assert not any(line.startswith("。") for line in lines)
    assert "".join(lines) == "これは文です。" * 12


def test_text_flows_again_as_it_was_before_it_was_laid_out():
    text = f"{SENTENCE}\nYour page:\nhttps://jobs.example.com/{'x' * 100}\n\n  {SENTENCE}\n- one\n"
    assert flowing(laid_out(text)) == text
    assert flowing(laid_out("これは文です。" * 12)) == "これは文です。" * 12 + "\n"


def test_marks_without_width_are_not_counted():
    assert width("a\u0301\u2060b") == 2
    assert width("履歴") == 4


def test_facts_stand_in_two_columns_and_long_ones_go_on_below_themselves():
    assert aligned([("Name", "Ada"), ("Position", SENTENCE)]) == (
        "Name      Ada\n"
        "Position  The quick brown fox jumps over the lazy dog and runs on and on\n"
        "          through the dark wood."
    )


def test_no_facts_make_no_text():
    assert aligned([]) == ""


def test_quotation_is_indented_in_every_line():
    assert indented("one\n\ntwo") == "  one\n  \n  two"


def test_empty_lines_do_not_pile_up():
    assert laid_out("\n\none\n   \n\n\n\ntwo\n\n") == "one\n\ntwo\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=400))
def test_wrapping_loses_nothing_but_white_space(text):
    assert "".join("".join(wrapped(text)).split()) == "".join(text.split())


@given(st.lists(st.text("abc", min_size=1, max_size=20)))
def test_no_line_of_ordinary_words_is_longer_than_72_columns(words):
    assert all(width(line) <= 72 for line in wrapped(" ".join(words)))
