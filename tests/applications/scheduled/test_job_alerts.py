from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from applications.models import Alert, Letter
from applications.scheduled import job_alerts
from applications.services.alerts import mailing
from pipelines.models import Run, StepRun
from pipelines.schedules import cron
from pipelines.schedules.models import Occasion
from tests.applications.scheduled.letters import arrived, receivers
from tests.clock import started_at, work
from tests.factories import make_job

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ADA, GRACE, EMMY = "ada@example.org", "grace@example.org", "emmy@example.org"
# The morning after.
DUE = datetime(2026, 3, 3, 8, tzinfo=UTC)


def subscribe(clock, email=ADA, query="", *, confirm=True):
    """As a person does it, with the link of the letter that arrives; then a minute goes by."""
    page = Client().post(f"/alerts/{query}", {"email": email})
    assert page.status_code == 303
    work()
    alert = Alert.objects.get(email=email)
    if confirm:
        Client().post(alert.get_absolute_url())
        alert.refresh_from_db()
    clock.sleep_to(timezone.now() + MINUTE)
    return alert


@pytest.fixture
def clock(db, smtp, now):
    with started_at(now, beats=2) as clock:
        yield clock


@pytest.fixture
def subscribers(clock, smtp):
    """Three of them; the day before there was nothing new, and the server is empty again."""
    for email in (ADA, GRACE, EMMY):
        subscribe(clock, email)
    smtp.accepted.clear()


def run():
    return Run.objects.filter(pipeline="job_alerts").latest("created_at")


def test_a_subscriber_hears_the_next_morning_of_what_is_new_once(clock, smtp):
    make_job(title="Known Already")
    subscribe(clock, query="?place=Lisbon")
    smtp.accepted.clear()
    make_job(title="Data Engineer")
    make_job(title="Not Asked For", place="Porto")
    make_job(title="Draft", is_published=False)
    clock.move_to(DUE - HOUR)
    assert smtp.accepted == []
    for moment in (DUE, DUE, DUE + HOUR, DUE + DAY):
        clock.move_to(moment)
    (message,) = arrived(smtp)
    assert (message["To"], message["Subject"]) == (ADA, "New position: Data Engineer")
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert "Data Engineer" in body
        assert not any(title in body for title in ("Known", "Not Asked", "Draft"))


def test_what_was_written_long_ago_is_new_on_the_day_it_is_published(clock, smtp):
    draft = make_job(title="Draft", is_published=False)
    subscribe(clock)
    smtp.accepted.clear()
    clock.move_to(DUE)
    draft.is_published = True
    draft.save()
    clock.move_to(DUE + DAY)
    assert [message["Subject"] for message in arrived(smtp)] == ["New position: Draft"]


def test_who_has_not_confirmed_hears_nothing_and_is_forgotten(clock, smtp):
    subscribe(clock, confirm=False)
    (asked,) = arrived(smtp)
    assert asked["Subject"].startswith("Please confirm")
    make_job()
    for days in range(8):
        clock.move_to(DUE + days * DAY)
    assert [message["To"] for message in arrived(smtp)].count(ADA) == 1
    assert not Alert.objects.exists()


def test_a_run_that_is_killed_in_the_middle_goes_on_with_the_rest(
    clock, smtp, subscribers, monkeypatch
):
    make_job()
    deliver = mailing.letters.alert

    def killed(alert, *args, **options):
        if alert.email == GRACE:
            raise MemoryError
        deliver(alert, *args, **options)

    with monkeypatch.context() as context:
        context.setattr(mailing.letters, "alert", killed)
        clock.move_to(DUE)
    assert receivers(smtp) == [ADA]
    occasion = job_alerts_occasion()
    for _again in range(2):
        job_alerts.story[1](occasion)
    assert receivers(smtp) == sorted([ADA, GRACE, EMMY])
    assert Letter.objects.filter(kind=Letter.Kind.ALERT, sent_at__isnull=False).count() == 3


def job_alerts_occasion():
    return Occasion.objects.filter(schedule="job_alerts").latest("due_at")


def test_one_that_died_between_letter_and_record_is_not_mailed_again(clock, smtp, subscribers):
    make_job()
    clock.move_to(DUE)
    Alert.objects.update(tried_for=None, news_since=DUE - DAY)
    job_alerts.story[1](job_alerts_occasion())
    assert len(smtp.accepted) == 3


def test_a_greylisted_subscriber_stops_nobody_and_is_mailed_later(clock, smtp, subscribers):
    make_job()
    smtp.replies["RCPT"] = ["250 OK", "451 4.7.1 Greylisted", "250 OK", "250 OK"]
    clock.move_to(DUE)
    assert receivers(smtp) == [ADA, EMMY]
    clock.move_to(DUE + timedelta(minutes=2))
    assert receivers(smtp) == sorted([ADA, GRACE, EMMY])
    assert run().status == Run.Status.DONE


def test_a_mailbox_that_stays_greylisted_holds_up_no_other_morning(clock, smtp):
    subscribe(clock)
    smtp.accepted.clear()
    make_job(title="One")
    smtp.replies["RCPT"] = "451 4.7.1 Greylisted"
    for hours in range(6):
        clock.move_to(DUE + hours * HOUR)
    assert run().status == Run.Status.DONE
    del smtp.replies["RCPT"]
    clock.move_to(DUE + DAY)
    assert [message["Subject"] for message in arrived(smtp)] == ["New position: One"]


def test_a_mail_server_that_is_away_is_an_outage_and_all_are_mailed_later(
    clock, smtp, subscribers, settings
):
    make_job()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    clock.move_to(DUE)
    step = StepRun.objects.get(run=run(), name="mail_subscribers")
    assert (step.status, step.outage) == ("retry", "MailServerAway")
    settings.EMAIL_PORT = port
    clock.move_to(DUE + HOUR)
    assert receivers(smtp) == sorted([ADA, GRACE, EMMY])


def test_an_address_that_refuses_three_mornings_is_set_aside(clock, smtp, subscribers):
    for days in range(4):
        make_job(title=f"Job {days}")
        smtp.replies["RCPT"] = ["250 OK", "550 5.1.1 No such user"] if days < 3 else []
        smtp.replies["RCPT"] += ["250 OK", "250 OK"]
        clock.move_to(DUE + days * DAY)
        assert run().status == Run.Status.DONE
        clock.sleep_to(DUE + days * DAY + HOUR)
    grace = Alert.objects.get(email=GRACE)
    assert (grace.refusals, grace.set_aside_at) == (3, DUE + 2 * DAY)
    assert receivers(smtp) == sorted(4 * [ADA, EMMY])
    clock.move_to(DUE + 40 * DAY)
    assert not Alert.objects.filter(email=GRACE).exists()


def test_a_refusal_counts_once_however_often_the_step_is_tried(clock, smtp, subscribers):
    make_job()
    smtp.replies["RCPT"] = ["550 5.1.1 No such user", "451 4.7.1 Greylisted", "250 OK"]
    smtp.replies["RCPT"] += ["250 OK"]
    clock.move_to(DUE)
    clock.move_to(DUE + timedelta(minutes=2))
    assert Alert.objects.get(email=ADA).refusals == 1
    assert receivers(smtp) == [EMMY, GRACE]


def test_a_letter_that_arrives_clears_earlier_refusals(clock, smtp):
    alert = subscribe(clock)
    make_job()
    smtp.replies["RCPT"] = ["550 5.1.1 No such user"]
    clock.move_to(DUE)
    del smtp.replies["RCPT"]
    clock.move_to(DUE + DAY)
    alert.refresh_from_db()
    assert alert.refusals == 0


def test_an_account_that_is_refused_is_tried_once_and_blames_nobody(clock, smtp, subscribers):
    make_job()
    smtp.replies["MAIL"] = "550 5.4.5 Daily quota exceeded"
    for hours in range(6):
        clock.move_to(DUE + hours * HOUR)
    assert not Alert.objects.filter(refusals__gt=0).exists()
    assert run().status == Run.Status.ACTIVE
    assert Letter.objects.filter(kind=Letter.Kind.ALERT).count() == 1


def test_one_click_ends_it_as_the_headers_say(clock, smtp):
    subscribe(clock)
    smtp.accepted.clear()
    make_job()
    clock.move_to(DUE)
    (message,) = arrived(smtp)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    click = Client(enforce_csrf_checks=True)
    path = "/alerts/" + address.partition("/alerts/")[2]
    for _again in range(2):
        assert click.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()
    assert not Letter.objects.filter(kind=Letter.Kind.ALERT).exclude(reply="").exists()
    make_job()
    clock.move_to(DUE + DAY)
    assert len(smtp.accepted) == 1


def test_a_long_list_is_cut_and_says_so(clock, smtp):
    subscribe(clock)
    smtp.accepted.clear()
    for number in range(23):
        make_job(title=f"Job {number}")
    clock.move_to(DUE)
    (message,) = arrived(smtp)
    assert message["Subject"] == "23 new positions at Northwind Studio"
    assert "And 3 more" in message.get_body(("plain",)).get_content()


def test_more_than_one_batch_are_all_mailed(clock, smtp, subscribers, monkeypatch):
    monkeypatch.setattr(mailing, "_BATCH", 2)
    make_job()
    clock.move_to(DUE)
    assert receivers(smtp) == sorted([ADA, GRACE, EMMY])


def test_too_many_for_one_sitting_are_mailed_in_several(clock, smtp, subscribers, monkeypatch):
    make_job()
    with monkeypatch.context() as context:
        context.setattr(mailing, "_SITTING", -1)
        clock.move_to(DUE)
    assert smtp.accepted == []
    clock.move_to(DUE + HOUR)
    assert len(smtp.accepted) == 3


def test_no_argument_and_no_log_names_anybody(clock, smtp, subscribers, caplog):
    caplog.set_level("DEBUG")
    make_job()
    smtp.replies["RCPT"] = ["550 5.1.1 No such user", "451 4.7.1 Greylisted", "250 OK"]
    clock.move_to(DUE)
    assert "example.org" not in caplog.text
    assert not StepRun.objects.filter(error__contains="example.org").exists()
    assert not Letter.objects.filter(about__contains="@").exists()


@pytest.mark.parametrize(
    ("before", "due"),
    [
        # 28 March 2026, and the night in which the clocks go forward; then the way back.
        (datetime(2026, 3, 28, 7, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 6, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ],
)
def test_eight_on_the_wall_is_eight_after_the_clocks_change(before, due):
    line = cron.parse(job_alerts.cron, ZoneInfo("Europe/Berlin"))
    assert cron.upcoming(line, after=before) == due
