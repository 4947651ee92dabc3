"""The accent of pages, letters and dossier, made from the company's colour.

The colour itself is used wherever people can read it. Where they could not, it becomes as much
darker (by day) or lighter (by night) as it must, and stays the same hue.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from applications.colours import Tone, colour_of, contrast, tone_of

DEFAULT_COLOUR = "#0b5d4e"
# What text needs on what it stands on. https://www.w3.org/TR/WCAG22/#contrast-minimum
READABLE = 4.5

# Paper and mist, as in tokens.css.
LIGHT = ("#ffffff", "#f4f5f1")
DARK = ("#131816", "#1b2220")

_STEP = 0.005
_NEARLY_BLACK = 0.15
# By night a colour is at least as light as this, and not more colourful: neon would blind.
_NIGHT = Tone(lightness=0.765, chroma=0.14, hue=0)


@dataclass(frozen=True)
class Accent:
    """``plain`` and ``strong`` (under the pointer) carry text and can be read as text on paper,
    mist and ``soft``; ``on`` is the text that stands on them.
    """

    plain: str
    strong: str
    soft: str
    on: str


@dataclass(frozen=True)
class Palette:
    light: Accent
    dark: Accent


@lru_cache(maxsize=16)
def palette(colour: str) -> Palette:
    """The tones for a company's ``colour`` (``#rrggbb``)."""
    tone = tone_of(colour.lower())
    return Palette(light=_by_day(colour.lower(), tone), dark=_by_night(tone))


def _by_day(colour: str, tone: Tone) -> Accent:
    soft = colour_of(Tone(0.94, min(tone.chroma, 0.0165), tone.hue))
    grounds = (*LIGHT, soft)
    plain = colour if _is_readable(colour, grounds) else _readable(tone, grounds, step=-_STEP)
    strong = colour_of(_moved(tone_of(plain), by=-0.085))
    return Accent(plain=plain, strong=strong, soft=soft, on="#ffffff")


def _by_night(tone: Tone) -> Accent:
    chroma = min(tone.chroma * 1.15, _NIGHT.chroma)
    soft = colour_of(Tone(0.295, min(chroma, 0.032), tone.hue))
    start = Tone(max(tone.lightness, _NIGHT.lightness), chroma, tone.hue)
    plain = _readable(start, (*DARK, soft), step=_STEP)
    strong = colour_of(_moved(tone_of(plain), by=0.075))
    on = colour_of(Tone(0.19, min(chroma, 0.02), tone.hue))
    return Accent(plain=plain, strong=strong, soft=soft, on=on)


def _moved(tone: Tone, *, by: float) -> Tone:
    """Lighter or darker; what is nearly black or white already goes the other way."""
    moved = tone.lightness + by
    return tone._replace(
        lightness=moved if _NEARLY_BLACK < moved < 1 else tone.lightness - 1.5 * by
    )


def _readable(tone: Tone, grounds: Iterable[str], *, step: float) -> str:
    """The tone, lighter or darker by as little as makes it readable on all the grounds."""
    grounds = tuple(grounds)
    while not _is_readable(colour_of(tone), grounds):
        tone = tone._replace(lightness=tone.lightness + step)
    return colour_of(tone)


def _is_readable(colour: str, grounds: Iterable[str]) -> bool:
    return all(contrast(colour, ground) >= READABLE for ground in grounds)
