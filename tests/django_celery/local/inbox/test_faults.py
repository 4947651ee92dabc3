import pytest

from django_celery.local.inbox.faults import Faults, Greylist, Share, Tally


def test_a_plan_is_the_same_after_a_journey_through_json():
    plan = Faults(
        greylist_seconds=2.5, unknown_recipients=("a@example.com",), cut_after_storing=0.1
    )
    assert Faults.from_json(plan.to_json()) == plan


def test_what_a_plan_leaves_out_is_well():
    assert Faults.from_json({}) == Faults()


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"tea": 1}, "There is no fault named tea."),
        ({"delay_seconds": -1}, "Seconds cannot be negative."),
        ({"cut_after_storing": 2}, "A share lies between 0 and 1, not at 2."),
    ],
)
def test_a_wrong_plan_is_refused_in_words(plan, sentence):
    with pytest.raises(ValueError, match=sentence):
        Faults.from_json(plan)


@pytest.mark.parametrize(
    ("share", "expected"), [(0, 0), (0.1, 10), (0.25, 25), (0.3, 30), (1, 100)]
)
def test_a_share_is_taken_evenly(share, expected):
    turns = Share(share)
    assert sum(turns.take() for _time in range(100)) == expected


def test_a_tenth_is_each_tenth():
    turns = Share(0.1)
    assert [turns.take() for _time in range(20)] == ([False] * 9 + [True]) * 2


def test_greylisting_lets_each_pair_pass_after_its_own_wait():
    greylist = Greylist(5)
    assert not greylist.lets_pass("a", "b", now=100)
    assert not greylist.lets_pass("a", "b", now=104)
    assert not greylist.lets_pass("a", "c", now=105)
    assert greylist.lets_pass("a", "b", now=105)


def test_no_greylisting_lets_all_pass_at_once():
    assert Greylist(0).lets_pass("a", "b", now=100)


def test_a_tally_knows_what_was_added_since_an_earlier_one():
    before, now = Tally(refused=2, cut_before_storing=1), Tally(refused=5, cut_before_storing=1)
    assert now.since(before) == Tally(refused=3)


def test_who_was_cut_off_was_so_before_storing_or_after():
    assert Tally(cut_before_storing=2, cut_after_storing=3).cut == 5
