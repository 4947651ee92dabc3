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
_HOVER = 0.06
# A button is known by its words; still, people should see where it ends.
_VISIBLE_BY_DAY, _VISIBLE_BY_NIGHT = 1.3, 3
_NEARLY_BLACK = 0.15
# By night a colour is at least as light as this, and not more colourful: neon would blind.
_NIGHT = Tone(lightness=0.765, chroma=0.14, hue=0)


@dataclass(frozen=True)
class Accent:
    """``plain`` and ``strong`` (under the pointer) are for text on paper, mist and ``soft``.

    ``fill`` and ``fill_strong`` are for what is filled, such as a button, and ``on_fill`` for the
    text on it. A yellow that no text can have may well fill a button.
    """

    plain: str
    strong: str
    soft: str
    fill: str
    fill_strong: str
    on_fill: str


@dataclass(frozen=True)
class Palette:
    light: Accent
    dark: Accent


@lru_cache(maxsize=16)
def palette(colour: str) -> Palette:
    """The tones for a company's ``colour`` (``#rrggbb``)."""
    tone = tone_of(colour.lower())
    return Palette(light=_by_day(colour.lower(), tone), dark=_by_night(colour.lower(), tone))


def _by_day(colour: str, tone: Tone) -> Accent:
    soft = colour_of(Tone(0.94, min(tone.chroma, 0.0165), tone.hue))
    grounds = (*LIGHT, soft)
    plain = colour if _is_readable(colour, grounds) else _readable(tone, grounds, step=-_STEP)
    strong = colour_of(_moved(tone_of(plain), by=-0.085))
    fill = colour if contrast(colour, LIGHT[0]) >= _VISIBLE_BY_DAY else plain
    return Accent(plain, strong, soft, *_filled(fill))


def _by_night(colour: str, tone: Tone) -> Accent:
    chroma = min(tone.chroma * 1.15, _NIGHT.chroma)
    soft = colour_of(Tone(0.295, min(chroma, 0.032), tone.hue))
    start = Tone(max(tone.lightness, _NIGHT.lightness), chroma, tone.hue)
    plain = _readable(start, (*DARK, soft), step=_STEP)
    strong = colour_of(_moved(tone_of(plain), by=0.075))
    fill = colour if contrast(colour, DARK[1]) >= _VISIBLE_BY_NIGHT else plain
    return Accent(plain, strong, soft, *_filled(fill))


def _filled(fill: str) -> tuple[str, str, str]:
    """The fill, the same under the pointer, and the text on both: white, or nearly black."""
    tone = tone_of(fill)
    ink = colour_of(Tone(0.19, min(tone.chroma, 0.02), tone.hue))
    on = next(text for text in ("#ffffff", ink, "#000000") if contrast(fill, text) >= READABLE)
    by = _HOVER if on != "#ffffff" and tone.lightness + _HOVER < 1 else -_HOVER
    return fill, colour_of(_moved(tone, by=by)), on


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
