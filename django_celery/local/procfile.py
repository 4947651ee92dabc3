"""The Procfile: one line a process, ``name: command``."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from string import Template

PROCFILE = Path(__file__).resolve().parents[2] / "Procfile"


def commands(environment: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Each process's command by its name, in the file's order, ``$VARIABLES`` filled in.

    Raises KeyError for a variable that the environment does not have.
    """
    lines = (line.strip() for line in PROCFILE.read_text().splitlines())
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {
        name: tuple(Template(word).substitute(environment) for word in shlex.split(command))
        for name, _colon, command in pairs
    }
