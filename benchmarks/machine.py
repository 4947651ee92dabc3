"""The machine that measures, and how busy others keep it."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Machine:
    """``load`` is the mean of the last minute when the run began, before any part was started."""

    cores: int
    cpu: str
    memory_gib: float
    system: str
    python: str
    load: float

    @classmethod
    def this_one(cls) -> Self:
        return cls(
            cores=len(os.sched_getaffinity(0)),
            cpu=_cpu_model(Path("/proc/cpuinfo").read_text()),
            memory_gib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
            system=platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
            python=platform.python_version(),
            load=os.getloadavg()[0],
        )

    @property
    def is_busy(self) -> bool:
        """Whether others left too little of it: ratios of single rounds are not to be believed."""
        return self.load > self.cores / 2

    def __str__(self) -> str:
        return (
            f"{self.cores} cores ({self.cpu}), {self.memory_gib:.0f} GiB, {self.system}, "
            f"Python {self.python}; load {self.load:.1f} before it began"
        )


def _cpu_model(cpuinfo: str) -> str:
    lines = (line.partition(":") for line in cpuinfo.splitlines())
    names = (value.strip() for key, _colon, value in lines if key.strip() == "model name")
    return next(names, platform.machine())
