import pytest

from benchmarks.figures import Comparison, Target, by_turns, p95


def comparison(ours, others):
    return Comparison(name="POST", unit="ms", ours=ours, others=others, beside="bare view")


def test_a_ratio_is_taken_within_each_round():
    # The second round was disturbed, and both sides with it.
    assert comparison([2, 40, 6], [1, 20, 3]).ratios == [2, 2, 2]


def test_the_figure_is_the_median_of_the_ratios_and_the_spread_their_ends():
    found = comparison([1, 2, 9], [1, 1, 3])

    assert found.figure == 2
    assert found.spread == (1, 3)


def test_sides_with_different_numbers_of_rounds_are_not_compared():
    with pytest.raises(ValueError, match="shorter"):
        _ = comparison([1, 2], [1]).figure


def test_the_95th_percentile_is_a_value_that_occurred():
    assert p95(range(1, 101)) == 95
    assert p95([3, 1, 2]) == 3
    assert p95([7]) == 7


@pytest.mark.parametrize(
    ("target", "met", "missed", "text"),
    [
        (Target.at_most(2), 2, 2.01, "≤ 2"),
        (Target.at_least(0.9), 0.9, 0.89, "≥ 0.9"),
        (Target.below(2), 1.99, 2, "< 2"),
    ],
)
def test_a_target_says_what_meets_it(target, met, missed, text):
    assert target.is_met_by(met)
    assert not target.is_met_by(missed)
    assert str(target) == text


def test_measures_take_turns():
    called = []

    def measure(name):
        called.append(name)
        return f"{name}{len(called)}"

    values = by_turns(2, lambda: measure("a"), lambda: measure("b"))

    assert called == ["a", "b", "a", "b"]
    assert values == [["a1", "a3"], ["b2", "b4"]]
