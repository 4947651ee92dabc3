"""Python processes that belong to the stack as this one does."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

import django

P = ParamSpec("P")
T = TypeVar("T")


def set_up() -> None:
    """Django, by the environment of this process; what it would log at length is left out."""
    django.setup()
    logging.getLogger().setLevel(logging.WARNING)


@contextmanager
def pool(size: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with Django set up. They are new ones: a fork would inherit this one's threads."""
    context = get_context("spawn")
    with ProcessPoolExecutor(size, mp_context=context, initializer=set_up) as executor:
        yield executor


def fresh_process(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function returns in a process of its own."""
    with pool(1) as executor:
        return executor.submit(function, *args, **kwargs).result()
