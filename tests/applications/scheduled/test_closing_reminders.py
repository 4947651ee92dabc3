import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from applications.models import ClosingReminder
from applications.pipeline.closing import ClosedMeanwhile, remind_visitor
from tests.applications.scheduled.letters import arrived
from tests.clock import started_at, work
from tests.factories import make_job

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _alone(only):
    only("closing_reminders")


@pytest.fixture
def job(db, now):
    return make_job(opens_at=now - DAY, closes_at=now + 10 * DAY)


def link_in(message):
    text = message.get_body(("plain",)).get_content()
    (token,) = re.findall(r"/reminders/([\w-]+)/", text)
    return reverse("closing_reminder", args=(token,))


def test_a_visitor_asks_confirms_and_is_reminded_once(client, job, smtp, now):
    with started_at(now, beats=2) as clock:
        client.post(reverse("remind", args=(job.slug,)), {"email": "ada@example.org"})
        work()
        client.post(link_in(arrived(smtp)[0]), {"answer": "yes"})
        clock.move_to(now + 8 * DAY - 10 * MINUTE)
        assert len(smtp.accepted) == 1
        for minutes in (0, 10, 20):
            clock.move_to(now + 8 * DAY + minutes * MINUTE)
    question, reminder = arrived(smtp)
    assert question["Subject"] == "Shall we remind you of Backend Engineer?"
    assert (reminder["To"], reminder["Subject"]) == (
        "ada@example.org",
        "Backend Engineer closes soon",
    )
    for kind in ("plain", "html"):
        body = reminder.get_body((kind,)).get_content()
        assert "Thursday, 12 March 2026, 09:30 (UTC)" in body
        assert f"{settings.SITE_URL}/jobs/{job.slug}/apply/" in body


def test_whoever_does_not_answer_hears_no_more_and_is_forgotten(client, job, smtp, now):
    with started_at(now) as clock:
        client.post(reverse("remind", args=(job.slug,)), {"email": "ada@example.org"})
        work()
        clock.move_to(now + 8 * DAY)
    assert len(smtp.accepted) == 1
    assert not ClosingReminder.objects.exists()


def test_a_reminder_of_what_has_closed_is_not_sent(job, smtp, now):
    wish = ClosingReminder.objects.create(job=job, email="ada@example.org")
    with started_at(job.closes_at), pytest.raises(ClosedMeanwhile):
        remind_visitor(wish)
    assert smtp.accepted == []
