import re
from pathlib import Path

from hypothesis import given

from applications import stylesheet
from applications.colours import contrast
from applications.palette import DARK, DEFAULT_COLOUR, LIGHT, READABLE, palette
from tests.applications.test_colours import colours

TOKENS = Path(stylesheet.__file__).parent / "static" / "applications" / "css" / "tokens.css"


@given(colours)
def test_whatever_the_colour_its_tones_can_be_read_where_they_stand(colour):
    tones = palette(colour)
    for accent, grounds in ((tones.light, LIGHT), (tones.dark, DARK)):
        for ground in (*grounds, accent.soft):
            assert contrast(accent.plain, ground) >= READABLE
            assert contrast(accent.strong, ground) >= READABLE
        assert contrast(accent.on_fill, accent.fill) >= READABLE
        assert contrast(accent.on_fill, accent.fill_strong) >= READABLE


@given(colours)
def test_what_is_pressed_looks_otherwise(colour):
    tones = palette(colour)
    for accent in (tones.light, tones.dark):
        assert accent.plain != accent.strong
        assert accent.fill != accent.fill_strong


def test_a_pale_colour_fills_a_button_and_is_no_text():
    accent = palette("#ffd400").light
    assert (accent.fill, accent.on_fill) == ("#ffd400", "#171409")
    assert accent.plain == "#7e6700"


def test_a_colour_that_would_be_lost_on_the_page_is_adapted_there():
    assert palette("#fffbe0").light.fill != "#fffbe0"
    assert palette("#0b5d4e").dark.fill == palette("#0b5d4e").dark.plain


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert palette("#7C3AED").light.plain == "#7c3aed"
    assert palette(DEFAULT_COLOUR).light.plain == DEFAULT_COLOUR


def test_the_grounds_are_those_of_the_pages():
    found = re.findall(r"--(?:paper|mist): (#\w+);", TOKENS.read_text())
    assert tuple(found) == (*LIGHT, *DARK)
