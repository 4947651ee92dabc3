from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from pipelines.models import Run
from tests.factories import make_job

INDEX = reverse("admin:index")


@pytest.fixture
def figures(hr_client, now, time_machine):
    """The overview's numbers by their titles."""
    time_machine.move_to(now)

    def read():
        page = hr_client.get(INDEX)
        return {str(figure.title): figure for figure in page.context["figures"]}

    return read


def numbers(figures):
    return {title: figure.number for title, figure in figures.items()}


def test_an_empty_house_shows_zeros(figures):
    assert numbers(figures()) == {
        "Applications in 7 days": 0,
        "On their way": 0,
        "Need a person": 0,
        "Open positions": 0,
    }


def test_the_figures_count_what_their_titles_say(figures, apply, now):
    job = make_job(opens_at=now)
    make_job(is_published=False)
    apply(Run.Status.ACTIVE, job=job)
    apply(Run.Status.DONE, job=job, submitted_at=now - timedelta(days=8))
    apply(Run.Status.FAILED, job=job, submitted_at=now - timedelta(days=6))
    assert numbers(figures()) == {
        "Applications in 7 days": 2,
        "On their way": 1,
        "Need a person": 1,
        "Open positions": 1,
    }


def test_each_figure_leads_to_the_list_it_was_counted_from(figures, hr_client, apply, now):
    job = make_job(opens_at=now)
    for status in Run.Status:
        apply(status, job=job)
    for figure in figures().values():
        assert hr_client.get(figure.address).context["cl"].result_count == figure.number


def test_only_failures_raise_the_alarm(figures, apply):
    apply(Run.Status.ACTIVE)
    assert not any(figure.is_alarm for figure in figures().values())
    apply(Run.Status.FAILED)
    assert figures()["Need a person"].is_alarm


def test_the_chart_has_a_bar_for_each_of_28_days(hr_client, apply, now, time_machine):
    time_machine.move_to(now)
    for days in (0, 0, 1, 27, 28):
        apply(submitted_at=now - timedelta(days=days))
    bars = hr_client.get(INDEX).context["bars"]
    assert [bar.day for bar in bars] == [
        (now - timedelta(days=days)).date() for days in reversed(range(28))
    ]
    assert [(bar.number, bar.height) for bar in (bars[0], bars[1], bars[-2], bars[-1])] == [
        (1, 50),
        (0, 0),
        (1, 50),
        (2, 100),
    ]


def test_the_newest_applications_come_with_their_progress(hr_client, apply):
    application = apply(Run.Status.DONE)
    page = hr_client.get(INDEX).content.decode()
    assert reverse("admin:applications_application_change", args=(application.pk,)) in page
    assert "Delivered" in page


def test_the_overview_asks_the_same_number_of_questions_however_much_came_in(
    hr_client, apply, queries_of
):
    apply()
    few = queries_of(lambda: hr_client.get(INDEX))
    for _number in range(5):
        apply()
    assert queries_of(lambda: hr_client.get(INDEX)) == few


def test_staff_who_may_not_view_applications_see_no_figures(client, db):
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert "figures" not in client.get(INDEX).context
