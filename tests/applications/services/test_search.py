from datetime import timedelta

import pytest
from django.http import QueryDict

from applications.models import Job
from applications.services.search import Search, find, wider
from tests.factories import make_job

REMOTE, ON_SITE, HYBRID = Job.Workplace.REMOTE, Job.Workplace.ON_SITE, Job.Workplace.HYBRID


@pytest.fixture
def positions(db, now):
    """Four that are open, in two departments and two places, and one that is not."""
    for department, place, workplace in (
        ("Design", "Lisbon", REMOTE),
        ("Engineering", "Lisbon", REMOTE),
        ("Engineering", "Rotterdam", ON_SITE),
        ("Engineering", "Rotterdam", HYBRID),
    ):
        make_job(department=department, place=place, workplace=workplace, opens_at=now)
    make_job(department="Law", opens_at=now + timedelta(days=1))


def offered(found):
    """What each facet offers, with its counts."""
    return {
        facet.name: {option.value: option.count for option in facet.options}
        for facet in found.facets
    }


def test_a_link_is_read_and_written_in_one_form():
    search = Search.read(QueryDict("place=+New++York&text=a%26b&utm=x&department=&page=3"))
    assert search == Search(text="a&b", place="New York")
    assert search.query_string() == "?text=a%26b&place=New+York"
    assert search.query_string(page=2) == "?text=a%26b&place=New+York&page=2"
    assert Search().query_string() == ""


def test_what_nobody_can_mean_is_cleaned_away():
    search = Search.read({"text": "a\0b\u202e\x1b", "place": "x" * 5_000, "department": "\u200b"})
    assert search == Search(text="ab", place="x" * 100)


def test_a_search_says_itself_in_words():
    assert Search(text="python", workplace="remote").words == ["“python”", "Remote"]
    assert Search(employment="slavery").words == ["slavery"]
    assert Search().words == []


def test_the_values_of_several_facets_must_all_fit(positions, now):
    found = find(Search(department="Engineering", workplace="remote"), now)
    assert found.count == 1
    assert [job.place for job in found.jobs] == ["Lisbon"]


def test_a_count_is_what_choosing_it_shows(positions, now, django_assert_num_queries):
    search = Search(department="Engineering", place="Lisbon")
    with django_assert_num_queries(1):
        found = find(search, now)
    assert offered(found) == {
        "department": {"Design": 1, "Engineering": 1},
        "place": {"Lisbon": 1, "Rotterdam": 2},
        "workplace": {"remote": 1},
        "employment": {"full_time": 1},
    }
    for value, count in offered(found)["place"].items():
        assert find(Search(department="Engineering", place=value), now).jobs.count() == count


def test_the_text_counts_too(positions, now):
    assert offered(find(Search(text="rotterdam"), now))["workplace"] == {"on_site": 1, "hybrid": 1}


def test_a_choice_that_finds_nothing_is_still_shown_as_chosen(positions, now):
    found = find(Search(department="Law", workplace="<b>"), now)
    assert found.count == 0
    assert list(found.jobs) == []
    chosen = [
        (option.label, option.count)
        for facet in found.facets
        for option in facet.options
        if option.is_chosen
    ]
    assert chosen == [("Law", 0), ("<b>", 0)]


def test_choices_come_in_their_own_order_and_others_by_name(positions, now):
    found = offered(find(Search(), now))
    assert list(found["workplace"]) == ["on_site", "hybrid", "remote"]
    assert list(found["department"]) == ["Design", "Engineering"]


def test_where_nothing_fits_it_is_told_what_to_leave_out(positions, now):
    search = Search(text="lisbon", department="Engineering", workplace="on_site")
    assert find(search, now).count == 0
    assert [(one.left_out, one.count, one.search.query_string()) for one in wider(search, now)] == [
        ("“lisbon”", 1, "?department=Engineering&workplace=on_site"),
        ("On site", 1, "?text=lisbon&department=Engineering"),
    ]
    assert wider(Search(text="zebra"), now) == []
