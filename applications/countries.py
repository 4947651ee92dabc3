"""The countries of the world: ISO 3166-1 codes of two letters, with their usual English names."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def names() -> dict[str, str]:
    """Name by code, as the time zone database has them (its file ``iso3166.tab``)."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {code: name for code, name in rows}  # noqa: C416 - pairs of str, as dict() cannot know


def choices() -> list[tuple[str, str]]:
    """For a form, in the order of the names."""
    return sorted(names().items(), key=lambda country: country[1])
