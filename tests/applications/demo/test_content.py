from datetime import timedelta

import pytest
from django.utils import timezone

from applications.demo import content
from applications.models import Question


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


def test_the_positions_differ_in_all_that_a_visitor_may_filter_by(positions):
    jobs = [position.job for position in positions.values()]
    assert len({job.department for job in jobs}) == len(jobs)
    assert {job.employment for job in jobs} == {"full_time", "part_time", "temporary", "internship"}
    assert {job.workplace for job in jobs} == {"on_site", "hybrid", "remote"}


def test_one_position_closes_within_days_at_the_end_of_a_day(positions, now):
    closing = [
        position.job.closes_at
        for position in positions.values()
        if position.job.closes_at and position.job.closes_at - now < timedelta(days=7)
    ]
    assert [timezone.localtime(moment).strftime("%H:%M") for moment in closing] == ["23:59"]


def test_the_backend_engineer_is_asked_one_question_of_each_kind(positions):
    questions = positions["backend-engineer"].questions
    assert [question.kind for question in questions] == list(Question.Kind)
    assert [question.position for question in questions] == [0, 1, 2, 3]


def test_every_choice_offers_two_options_or_more(positions):
    for position in positions.values():
        for question in position.questions:
            assert (len(question.choices) >= 2) == (question.kind == Question.Kind.CHOICE)


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
