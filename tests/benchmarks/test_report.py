import io

import pytest
from rich.console import Console

from benchmarks.figures import Comparison, Figure, Target
from benchmarks.machine import Machine
from benchmarks.report import Section, markdown, table

MACHINE = Machine(
    cores=2, cpu="Abacus 3", memory_gib=24, system="Debian", python="3.11.7", load=0.4
)
SECTION = Section(
    "Speed",
    "How it was measured.",
    [
        Comparison(
            name="POST, p50",
            unit="ms",
            ours=[15, 30, 24],
            others=[10, 10, 10],
            beside="bare view",
            target=Target.at_most(2),
        ),
        Comparison(name="Idle", unit="ms", ours=[120], others=[100], beside="bare steps"),
        Figure(name="Memory", unit="KiB", figure=0.25, target=Target.below(2)),
    ],
)


def lines(machine=MACHINE):
    return markdown([SECTION], machine, when="2026-03-02").splitlines()


def test_a_comparison_shows_both_sides_the_ratio_and_the_verdict():
    row = "| POST, p50 | 24.0 ms | bare view: 10.0 ms | 2.40 | 1.50 to 3.00 | ≤ 2 | missed |"

    assert row in lines()


def test_one_round_has_no_spread_and_no_target_no_verdict():
    assert "| Idle | 120 ms | bare steps: 100 ms | 1.20 |  |  |  |" in lines()


def test_a_figure_stands_by_itself():
    assert "| Memory | 0.25 KiB |  |  |  | < 2 | met |" in lines()


def test_the_machine_and_the_day_are_named():
    assert lines()[2] == (
        "Written by `make bench` on 2026-03-02: 2 cores (Abacus 3), 24 GiB, Debian, "
        "Python 3.11.7; load 0.4 before it began."
    )


@pytest.mark.parametrize(("load", "warnings"), [(0.9, 0), (1.5, 1)])
def test_a_busy_machine_is_confessed(load, warnings):
    machine = Machine(
        cores=2, cpu="Abacus 3", memory_gib=24, system="Debian", python="3.11.7", load=load
    )

    assert sum("busy" in line for line in lines(machine)) == warnings


def test_the_terminal_shows_the_same():
    console = Console(width=160, file=io.StringIO())
    console.print(table([SECTION], MACHINE))
    shown = console.file.getvalue()

    for text in ("Speed", "POST, p50", "bare view: 10.0 ms", "2.40", "missed", "Abacus 3"):
        assert text in shown
