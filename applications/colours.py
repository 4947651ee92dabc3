"""Colours by calculation: contrast as WCAG 2.2 measures it, tones in OKLCH.

A colour is written as in CSS, ``#0b5d4e``.
"""

from math import atan2, cos, hypot, sin
from typing import NamedTuple, TypeAlias

_Triple: TypeAlias = tuple[float, float, float]
_Matrix: TypeAlias = tuple[_Triple, _Triple, _Triple]

# https://bottosson.github.io/posts/oklab/#converting-from-linear-srgb-to-oklab
_TO_CONES: _Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB: _Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB: _Matrix = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES: _Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
# Light beyond what a screen can show that is cut off rather than taken from the chroma. In a tone
# that is nearly black, where little light is much, it moves the lightness by 0.025.
_TOLERANCE = 0.002
# Below, sRGB is a straight line. https://www.w3.org/TR/css-color-4/#color-conversion-code
_STRAIGHT, _STRAIGHT_LIGHT = 0.04045, 0.0031308


class Tone(NamedTuple):
    """A colour in OKLCH: lightness from 0 to 1, chroma from 0 to about 0.37, hue in radians."""

    lightness: float
    chroma: float
    hue: float


def contrast(one: str, other: str) -> float:
    """From 1 to 21, see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tone_of(colour: str) -> Tone:
    cones = _times(_TO_CONES, _linear(colour))
    lightness, a, b = _times(_TO_LAB, _each(cones, 1 / 3))
    return Tone(lightness, hypot(a, b), atan2(b, a))


def colour_of(tone: Tone) -> str:
    """The colour, with as much of its chroma as a screen can show."""
    chroma = tone.chroma
    while chroma > 0 and not _is_shown(_light_of(tone._replace(chroma=chroma))):
        chroma -= 0.002
    shown = _light_of(tone._replace(chroma=max(chroma, 0.0)))
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in shown)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> _Triple:
    red, green, blue = (_decoded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _light_of(tone: Tone) -> _Triple:
    lab = (tone.lightness, tone.chroma * cos(tone.hue), tone.chroma * sin(tone.hue))
    return _times(_FROM_CONES, _each(_times(_FROM_LAB, lab), 3))


def _is_shown(light: _Triple) -> bool:
    return all(-_TOLERANCE <= channel <= 1 + _TOLERANCE for channel in light)


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= _STRAIGHT else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    channel = min(max(channel, 0.0), 1.0)
    return channel * 12.92 if channel <= _STRAIGHT_LIGHT else 1.055 * channel ** (1 / 2.4) - 0.055


def _times(matrix: _Matrix, vector: _Triple) -> _Triple:
    first, second, third = (
        sum(factor * part for factor, part in zip(row, vector, strict=True)) for row in matrix
    )
    return first, second, third


def _each(vector: _Triple, power: float) -> _Triple:
    first, second, third = (abs(part) ** power * (1 if part >= 0 else -1) for part in vector)
    return first, second, third
