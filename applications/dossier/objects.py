"""The objects of a PDF, followed through their references."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


def value(of: DictionaryObject, key: str) -> Any:
    """What stands there, also behind a reference, unlike ``of.get``; None if nothing does."""
    try:
        return of[key]
    except KeyError:
        return None


def numbers(of: DictionaryObject, key: str) -> tuple[float, ...]:
    """Those of an array; none if there is no such array."""
    return tuple(float(number.get_object()) for number in items(of, key))


def items(of: DictionaryObject, key: str) -> Iterator[Any]:
    """Those of an array, as they stand in it; none if there is no such array."""
    array = value(of, key)
    return list.__iter__(array) if isinstance(array, ArrayObject) else iter(())


def dictionaries(root: Any) -> Iterator[DictionaryObject]:
    """All that can be reached from there, streams too, each once."""
    waiting, seen = [root], set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(each.raw_get(key) for key in each)
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))
