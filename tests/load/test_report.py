import pytest

from tests.faults.counting import Fate, Letters, Verdict
from tests.faults.load import Accepted
from tests.faults.site import Answer
from tests.load import report


def fate(*, at, ends, letters=1):
    """Accepted at ``at``; its steps ended at ``ends``. All times are seconds since 1970."""
    steps = [{"finished_at": f"1970-01-01T00:00:{end:02}+00:00" if end else None} for end in ends]
    page = {"status": "done" if all(ends) else "active", "steps": steps}
    sent = tuple(str(number) for number in range(letters))
    accepted = Accepted("zofia@example.org", "/", pressed_at=at, at=at)
    return Fate(accepted, page, Letters(sent, sent), is_stored=True)


def verdict(*fates, asked=None):
    answers = (Answer("POST", 303, 0.1),)
    return Verdict(asked=asked or len(fates), fates=fates, answers=answers)


def test_drain_counts_who_was_unfinished_when_the_last_was_accepted():
    found = report.drain(verdict(fate(at=1, ends=[2, 3]), fate(at=5, ends=[7, 30])))

    assert found == (1, 25.0)


def test_what_never_ends_drains_never():
    assert report.drain(verdict(fate(at=1, ends=[2, 0]))) == (1, float("inf"))


@pytest.mark.parametrize(
    ("found", "page", "missed"),
    [
        (verdict(fate(at=1, ends=[2])), 200, []),
        (verdict(fate(at=1, ends=[2])), 204, []),
        (verdict(fate(at=1, ends=[2]), asked=2), 200, ["accepted"]),
        (verdict(fate(at=1, ends=[0])), 200, ["lost"]),
        (verdict(fate(at=1, ends=[2], letters=2)), 200, ["letters that came twice"]),
        (verdict(fate(at=1, ends=[2])), 500, ["pages without an answer"]),
    ],
)
def test_every_count_that_is_not_what_it_must_be_is_a_miss(found, page, missed):
    assert report.misses(found, [Answer("GET", 200, 0.1), Answer("GET", page, 0.1)]) == missed


def test_table_says_how_long_pages_took_that_answered():
    shown = report.table(
        verdict(fate(at=1, ends=[2])), [Answer("GET", 200, 0.25), Answer("GET", 0, 60)]
    )

    names = [str(name) for name in shown.columns[0].cells]
    values = dict(zip(names, shown.columns[1].cells, strict=True))
    assert values["page p95"] == "250 ms"
