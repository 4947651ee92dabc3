"""A font that has every character of a text."""

from functools import lru_cache

from fontTools.ttLib import TTFont
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

# Of fonts-noto-core and fonts-noto-cjk (requirements/system.txt), the most usual first.
_FONTS = (
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansThai-Bold.ttf",
    "NotoSansCJK-Bold.ttc",
)


def font_for(text: str, size: int) -> FreeTypeFont | None:
    """The first that has all of ``text``; None when there is none: better nothing than boxes."""
    wanted = {ord(character) for character in text}
    name = next((name for name in _FONTS if wanted <= _characters(name)), None)
    return ImageFont.truetype(name, size) if name else None


@lru_cache
def _characters(name: str) -> frozenset[int]:
    """What the font has; nothing, if it is not installed."""
    try:
        path = str(ImageFont.truetype(name).path)
    except OSError:
        return frozenset()
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
