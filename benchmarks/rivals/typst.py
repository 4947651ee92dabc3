"""Typst, within this process. See https://typst.app/docs/."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import typst

from applications.dossier.content import Dossier
from benchmarks.rivals import texts

_TEMPLATE = Path(__file__).with_name("dossier.typ")
_LINK = re.compile("(?:https?|mailto|tel):")


@contextmanager
def ready(dossier: Dossier, portrait: bytes) -> Iterator[Callable[[], bytes]]:
    """Draws it, tagged as PDF/UA-1 asks, with one compiler that knows the fonts already."""
    numbers = count()
    with TemporaryDirectory(prefix="typst-") as folder:
        Path(folder, "portrait.jpg").write_bytes(portrait)
        compiler = typst.Compiler(copy(_TEMPLATE, folder), root=folder)

        def draw() -> bytes:
            words = json.dumps(_numbered(texts.of(dossier), next(numbers)))
            content = compiler.compile(sys_inputs={"words": words}, pdf_standards=["ua-1"])
            if not isinstance(content, bytes):
                raise TypeError("Typst gave something other than one PDF.")
            return content

        yield draw


def _numbered(value: Any, number: int) -> Any:
    """With a number behind each text: of what it has set before Typst remembers the lines."""
    match value:
        case str():
            return value if _LINK.match(value) else f"{value} {number}"
        case list():
            return [_numbered(each, number) for each in value]
        case dict():
            return {key: _numbered(each, number) for key, each in value.items()}
