from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from applications.demo import content
from applications.models import Job, Question
from applications.sharing.posting import posting
from applications.views.paging import PAGE_SIZE


@pytest.fixture
def positions(now):
    return {position.job.slug: position for position in content.positions(now)}


def test_every_position_passes_its_own_rules(db, positions):
    for position in positions.values():
        position.job.full_clean()
        for question in position.questions:
            question.full_clean(exclude=["job"])


def test_every_position_is_open(positions, now):
    assert all(position.job.is_open(now) for position in positions.values())


def test_there_is_something_to_filter_by(positions):
    jobs = [position.job for position in positions.values()]
    assert len(jobs) > PAGE_SIZE
    assert {job.employment for job in jobs} == set(Job.Employment)
    assert {job.workplace for job in jobs} == set(Job.Workplace)
    for facet in ("department", "place"):
        values = Counter(getattr(job, facet) for job in jobs)
        assert len(values) > 3
        assert max(values.values()) > 3


def test_search_engines_can_be_told_of_every_position(db, positions):
    assert all(posting(position.job) for position in positions.values())


def test_the_position_of_the_tour_stands_on_the_first_page(positions):
    jobs = sorted((position.job for position in positions.values()), key=lambda job: job.opens_at)
    assert "backend-engineer" in [job.slug for job in jobs[-PAGE_SIZE:]]


def test_some_positions_close_within_days_at_the_end_of_a_day(positions, now):
    closing = [
        position.job.closes_at
        for position in positions.values()
        if position.job.closes_at and position.job.closes_at - now < timedelta(days=7)
    ]
    assert closing
    assert {timezone.localtime(moment).strftime("%H:%M") for moment in closing} == {"23:59"}


def test_every_kind_of_question_is_asked_somewhere(positions):
    asked = [question for position in positions.values() for question in position.questions]
    assert {question.kind for question in asked} == set(Question.Kind)


def test_questions_are_asked_in_the_order_of_the_file(positions):
    questions = positions["backend-engineer"].questions
    assert [question.position for question in questions] == [0, 1, 2, 3]


def test_every_choice_offers_two_options_or_more(positions):
    for position in positions.values():
        for question in position.questions:
            assert (len(question.choices) >= 2) == Question.Kind(question.kind).has_options


def test_descriptions_hold_headings_points_and_paragraphs_only(positions):
    for position in positions.values():
        lines = position.job.description.splitlines()
        assert any(line.startswith("# ") for line in lines)
        assert any(line.startswith("- ") for line in lines)
        assert all(line == line.strip() for line in lines)


def test_the_consent_text_speaks_for_this_site(settings):
    settings.SITE_NAME = "Acme {Ltd}"
    settings.HR_EMAIL = ["people@example.com", "other@example.com"]
    body = content.consent_text().body
    assert body.startswith("I agree that Acme {Ltd} keeps")
    assert "people@example.com" in body
    assert "other@example.com" not in body
