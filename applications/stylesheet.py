"""The public pages' one stylesheet, assembled in memory from one small file per component.

One request, no bundler and no generated file: the sources under static/applications/css/ are
joined in this order when the process first needs them, the accent made of the company's colour
comes last, and the address carries a fingerprint of the result, so that browsers may keep it.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.template.loader import render_to_string

from applications.palette import palette

_FOLDER = Path(__file__).parent / "static" / "applications" / "css"
# The order matters only for the first, which also names the layers; within a layer no two files
# style the same class.
_SHEETS = (
    "tokens",
    "base",
    "layout",
    "components/alert",
    "components/banner",
    "components/button",
    "components/choice",
    "components/facts",
    "components/field",
    "components/footer",
    "components/notice",
    "components/paging",
    "components/positions",
    "components/proof",
    "components/prose",
    "components/receipt",
    "components/review",
    "components/send",
    "components/search",
    "components/timeline",
    "components/upload",
)


@lru_cache(maxsize=16)
def content(colour: str) -> str:
    """The sheet of a company whose colour is ``colour`` (``#rrggbb``)."""
    accent = render_to_string("applications/accent.css", {"palette": palette(colour)})
    return _sources() + accent


@lru_cache(maxsize=16)
def fingerprint(colour: str) -> str:
    return sha256(content(colour).encode()).hexdigest()[:12]


@lru_cache
def _sources() -> str:
    return "".join((_FOLDER / f"{name}.css").read_text() for name in _SHEETS)
