"""People's words, with what a typesetter must know of them: direction and language."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from applications import text

Direction = Literal["ltr", "rtl"]

_BLANK_LINES = re.compile(r"\n\s*\n")

# Fifty characters and more without a space, in scripts that part words by spaces. Their lines
# may break after each tenth: WeasyPrint would lay out the whole rest anew for each line.
_SPACED = (
    "!-\u0dff\u10a0-\u10ff\u1200-\u177f\u1e00-\u206f\ue000-\uf8ff\ufb00-\ufeff\U00010000-\U0001efff"
)
_LONG_WORD = re.compile(f"[{_SPACED}]{{50,}}")
_TEN = re.compile(".{10}")

# What letters alone tell of the language. Han without kana or hangul is taken for Chinese.
_LETTERS = (
    ("ja", re.compile("[\u3040-\u30ff\uff66-\uff9f]")),
    ("ko", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)
_UNKNOWN = "und"

# From this share of right-to-left words on, a passage runs so: an Arabic letter that names many
# programs in Latin still does, and one Arabic name does not turn an English sentence.
_RTL_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Passage:
    """Printable text, to be set by itself: no other text changes its direction or font.

    ``language`` is a BCP 47 tag; "und" where the letters do not tell it. Nothing is hyphenated
    then, for wrong hyphens are worse than none.
    """

    text: str
    direction: Direction
    language: str

    @property
    def attributes(self) -> SafeString:
        """For the HTML element that holds this passage and nothing else."""
        return format_html('dir="{}" lang="{}"', self.direction, self.language)

    @property
    def breakable(self) -> str:
        """The text, with invisible places in overlong words where a line may break."""
        return _LONG_WORD.sub(_in_tens, self.text)


def one_line(words: str) -> Passage:
    """A name, a label."""
    return _passage(text.one_line(words))


def paragraphs(words: str) -> tuple[Passage, ...]:
    """Parted where lines are blank; line breaks within a paragraph stay."""
    parts = (part.strip() for part in _BLANK_LINES.split(text.paragraphs(words)))
    return tuple(_passage(part) for part in parts if part)


def _passage(words: str) -> Passage:
    return Passage(words, _direction(words), _language(words))


def _direction(words: str) -> Direction:
    directions = [_word_direction(word) for word in words.split()]
    rtl, ltr = directions.count("rtl"), directions.count("ltr")
    return "rtl" if rtl and rtl >= _RTL_SHARE * (rtl + ltr) else "ltr"


def _word_direction(word: str) -> Direction | None:
    """That of its first letter, as in https://www.unicode.org/reports/tr9/#P2 for paragraphs."""
    for character in word:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None


def _language(words: str) -> str:
    return next((language for language, letters in _LETTERS if letters.search(words)), _UNKNOWN)


def _in_tens(word: re.Match[str]) -> str:
    return _TEN.sub("\\g<0>\u200b", word[0])
