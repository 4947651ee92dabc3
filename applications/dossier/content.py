"""What stands in a dossier: plain values for the template."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from unicodedata import east_asian_width

from django.utils.text import Truncator

from applications.dossier.passage import Passage, one_line

# Up to how wide a name, in Latin letters, fits a line of each size.
_LARGE, _MEDIUM = 28, 70
_RUNNING = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """A line such as "E-mail"; ``link`` is a URL or ""."""

    label: str
    value: Passage
    link: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question as it was asked, and the paragraphs of the answer: none if it was left open.

    ``options`` are those chosen of several; ``link`` is where an answer of one line leads, or "".
    """

    question: Passage
    answer: tuple[Passage, ...]
    options: tuple[Passage, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """An uploaded file: ``kind`` is "CV", ``type`` is "PDF", ``size`` is "471 KB".

    ``link`` is "" where nobody may open it; ``remarks`` are sentences.
    """

    name: Passage
    kind: str
    type: str
    size: str
    link: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logo:
    """``url`` is a data: URL; a wordmark says the company's name by itself."""

    url: str
    is_wordmark: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """``submitted_at`` is aware, in the office's time zone; ``portrait`` is a data: URL or "".

    ``colour`` is the company's, ``#rrggbb``, as it was given.
    """

    company: Passage
    colour: str
    logo: Logo | None
    position: Passage
    name: Passage
    reference: str
    submitted_at: datetime
    portrait: str
    facts: tuple[Fact, ...]
    letter: tuple[Passage, ...]
    questions: tuple[AnsweredQuestion, ...]
    files: tuple[EnclosedFile, ...]

    @property
    def running_name(self) -> Passage:
        """The name as it fits into the line above a page."""
        return one_line(Truncator(self.name.text).chars(_RUNNING))

    @property
    def name_size(self) -> str:
        """How large the name can be set: large, medium or small."""
        width = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in self.name.text)
        return "large" if width <= _LARGE else "medium" if width <= _MEDIUM else "small"

    @property
    def han(self) -> str:
        """The language in whose shapes Han characters are set where no kana or hangul is near."""
        answers = chain.from_iterable(question.answer for question in self.questions)
        languages = [passage.language for passage in (self.name, *self.letter, *answers)]
        return next((language for language in languages if language in ("ja", "ko")), "zh")
