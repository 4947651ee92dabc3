import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from applications.colours import Tone, colour_of, contrast, tone_of

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)],
)
def test_contrast_is_what_wcag_says(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_tones_are_those_of_css():
    """oklch(62.8% 0.2577 29.23deg) is red: https://www.w3.org/TR/css-color-4/#ok-lab."""
    assert tone_of("#ff0000") == pytest.approx(Tone(0.628, 0.2577, 0.5102), abs=0.001)


@given(colours)
def test_a_colour_survives_the_way_to_its_tone_and_back(colour):
    assert colour_of(tone_of(colour)) == colour


@given(st.floats(0.15, 1), st.floats(0, 0.4), st.floats(-3.2, 3.2))
@example(0.15, 0.4, -1.9)
def test_every_tone_becomes_a_colour_that_a_screen_can_show(lightness, chroma, hue):
    colour = colour_of(Tone(lightness, chroma, hue))
    assert tone_of(colour).lightness == pytest.approx(lightness, abs=0.03)
