"""The time axis: even, but for long quiet stretches, which are cut."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.timeline import make_axis
from tests.conftest import NOW


def at(seconds):
    return NOW + timedelta(seconds=seconds)


def spans(*pairs):
    return [(at(start), at(end)) for start, end in pairs]


def test_time_runs_evenly_where_nothing_is_cut():
    axis = make_axis(NOW, at(10), spans((1, 9)))
    assert [axis.position(at(n)) for n in (-5, 0, 2.5, 10, 99)] == [0, 0, 25, 100, 100]
    assert axis.cuts == ()


def test_a_long_quiet_stretch_is_cut_to_a_fixed_width():
    axis = make_axis(NOW, at(7204), spans((0, 2), (7202, 7204)))
    assert [(cut.left, cut.width, cut.length) for cut in axis.cuts] == [
        (44, 12, timedelta(hours=2))
    ]
    assert [axis.position(at(n)) for n in (1, 2, 7202, 7203)] == [22, 44, 56, 78]


def test_a_quiet_stretch_beside_others_of_its_kind_is_kept():
    waits = spans((0, 1), (61, 62), (182, 183), (483, 484))
    assert make_axis(NOW, at(484), waits).cuts == ()


def test_a_short_quiet_stretch_is_kept_however_little_there_is_beside_it():
    assert make_axis(NOW, at(59), spans((0, 0.01))).cuts == ()


def test_a_run_in_which_nothing_has_worked_yet_is_not_cut_away():
    axis = make_axis(NOW, at(7200), [])
    assert axis.cuts == ()
    assert axis.position(at(3600)) == 50


def test_ticks_begin_each_piece_and_stand_at_round_offsets():
    axis = make_axis(NOW, at(7204), spans((0, 2), (7202, 7204)))
    assert [(tick.moment, tick.offset.total_seconds()) for tick in axis.ticks()] == [
        (NOW, 0),
        (at(1), 1),
        (at(2), 2),
        (at(7202), 0),
        (at(7203), 1),
        (at(7204), 2),
    ]


@pytest.mark.parametrize(
    ("seconds", "step"), [(0.001, 0.01), (0.3, 0.05), (7, 2), (100, 30), (40 * 86_400, 7 * 86_400)]
)
def test_ticks_are_few_however_long_the_axis(seconds, step):
    ticks = list(make_axis(NOW, at(seconds), spans((0, seconds))).ticks())
    assert len(ticks) <= 7
    assert [tick.offset.total_seconds() for tick in ticks[:2]] == [0, step][: len(ticks)]


moments = st.floats(min_value=0, max_value=1e6, allow_nan=False)


@given(st.lists(st.tuples(moments, moments).map(sorted), max_size=12), st.lists(moments))
def test_a_later_moment_never_lies_before_an_earlier_one(busy, asked):
    end = max((until for _since, until in busy), default=1)
    axis = make_axis(NOW, at(end), spans(*busy))
    positions = [axis.position(at(moment)) for moment in sorted(asked)]
    assert positions == sorted(positions)
    assert all(0 <= position <= 100.001 for position in positions)
    assert sum(piece.width for piece in axis.pieces) == pytest.approx(100)
