"""The back office of runs: who may see, who may resume, what is shown."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from pipelines import registry
from pipelines.models import Run
from tests.factories import make_job
from tests.messages import said
from tests.pipelines.factories import Journey, fail_at_ship

pytestmark = pytest.mark.usefixtures("send", "a_minute_later")

LIST = "/staff/pipelines/run/"


@pytest.fixture
def failed(journey):
    fail_at_ship(journey)
    return journey


def staff(*permissions):
    """A browser in which a member of staff with these permissions is logged in."""
    user = User.objects.create_user(f"staff-{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def viewer(db):
    return staff("view_run", "view_job")


@pytest.fixture
def changer(db):
    return staff("change_run", "view_job")


@pytest.fixture
def boss(db):
    client = Client()
    client.force_login(User.objects.create_superuser("boss"))
    return client


def resume_address(journey):
    return f"{LIST}{journey.run.pk}/resume/"


def words(html):
    """The text that a person reads, without the names of icons."""
    return " ".join(
        strip_tags(re.sub(r"<(\w+)[^>]*aria-hidden.*?</\1>", "", html, flags=re.DOTALL)).split()
    )


def table(response):
    """The rows of the attempts, cell by cell."""
    html = response.content.decode()
    html = html[html.index("run-attempts-title") :]
    return [
        [words(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    ]


def listed(response):
    return [run.pk for run in response.context["cl"].result_list]


class TestWhoMaySee:
    def test_nobody_without_a_login(self, client, journey):
        for address in (LIST, journey.page):
            response = client.get(address)
            assert (response.status_code, response.url) == (302, f"/staff/login/?next={address}")

    def test_no_staff_without_a_permission(self, journey):
        client = staff()
        assert [client.get(address).status_code for address in (LIST, journey.page)] == [403, 403]

    def test_a_viewer_and_a_changer(self, journey, viewer, changer):
        for client in (viewer, changer):
            assert [client.get(address).status_code for address in (LIST, journey.page)] == [
                200,
                200,
            ]

    def test_nobody_adds_edits_or_deletes_a_run_by_hand(self, journey, boss):
        answers = [
            boss.get(f"{LIST}add/"),
            boss.post(f"{LIST}add/", {"pipeline": "parcel"}),
            boss.post(journey.page, {"status": "done"}),
            boss.post(f"{LIST}{journey.run.pk}/delete/", {"post": "yes"}),
        ]
        assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
        assert journey.fresh().status == "active"


class TestResume:
    def test_a_changer_resumes_and_is_told_what_happens_next(self, failed, changer, send):
        response = changer.post(resume_address(failed))
        assert (response.status_code, response.url) == (302, failed.page)
        assert said(response) == ["Resumed at ship: the next free worker takes it up."]
        assert failed.statuses() == {
            "pack": "success",
            "ship": "sent",
            "bill": "success",
            "close": "pending",
        }
        assert (failed.fresh().status, send.sent) == ("active", [failed.run.pk])

    def test_it_is_in_the_history_under_the_persons_name(self, failed, changer):
        changer.post(resume_address(failed))
        entry = LogEntry.objects.get()
        assert entry.object_id == str(failed.run.pk)
        assert entry.get_change_message() == "Resumed at ship."
        assert entry.user_id == int(changer.session["_auth_user_id"])

    def test_a_second_click_does_no_harm(self, failed, changer, send):
        changer.post(resume_address(failed))
        response = changer.post(resume_address(failed))
        assert said(response)[-1] == "Nothing to resume: this run is active."
        assert (LogEntry.objects.count(), send.sent) == (1, [failed.run.pk])

    def test_a_viewer_may_not(self, failed, viewer):
        assert viewer.post(resume_address(failed)).status_code == 403
        assert failed.fresh().status == "failed"

    def test_nobody_may_by_following_a_link(self, failed, changer):
        assert changer.get(resume_address(failed)).status_code == 405
        assert failed.fresh().status == "failed"

    def test_no_other_site_may_in_a_persons_name(self, failed, changer):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = changer.cookies
        assert careful.post(resume_address(failed)).status_code == 403
        assert failed.fresh().status == "failed"

    def test_of_a_run_that_is_not_there_is_not_found(self, changer):
        unknown = f"{LIST}00000000-0000-0000-0000-000000000000/resume/"
        assert changer.post(unknown).status_code == 404

    def test_of_a_run_of_another_release_does_not_break(self, failed, changer, monkeypatch):
        monkeypatch.setattr(registry, "_pipelines", [])
        assert changer.post(resume_address(failed)).status_code == 302
        assert failed.fresh().status == "active"

    def test_many_at_once_from_the_list(self, failed, parcel, changer, send, now):
        other = Journey(parcel, make_job(), now=now)
        ids = [failed.run.pk, other.run.pk]
        response = changer.post(LIST, {"action": "resume_selected", "_selected_action": ids})
        assert said(response) == ["Resumed 1 run: the next free worker takes it up."]
        assert send.sent == [failed.run.pk]
        again = changer.post(LIST, {"action": "resume_selected", "_selected_action": ids})
        assert said(again)[-1] == "Nothing to resume: none of these runs has failed."

    def test_a_viewer_may_not_from_the_list_either(self, failed, viewer):
        chosen = {"action": "resume_selected", "_selected_action": [failed.run.pk]}
        viewer.post(LIST, chosen)
        assert failed.fresh().status == "failed"

    def test_only_a_changer_sees_the_button_and_only_where_something_failed(
        self, failed, parcel, viewer, changer, now
    ):
        other = Journey(parcel, make_job(), now=now)
        button = f'action="{resume_address(failed)}"'
        assert button in changer.get(failed.page).content.decode()
        assert button not in viewer.get(failed.page).content.decode()
        assert "/resume/" not in changer.get(other.page).content.decode()


class TestTheList:
    def test_a_row_says_where_a_run_stands_and_where_it_stopped(self, failed, viewer):
        html = viewer.get(LIST).content.decode()
        cells = re.findall(r'<t[dh] class="field-(\w+).*?>(.*?)</t[dh]>', html, re.DOTALL)
        assert [(name, words(cell)) for name, cell in cells] == [
            ("run", f"parcel {str(failed.run.pk)[:8]}"),
            ("subject", "Backend Engineer"),
            ("state", "Failed"),
            ("stopped_at", "ship No such address."),
            ("began", "2 Mar 2026, 09:30"),
            ("took", "2 s"),
        ]

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ("status__exact=failed", True),
            ("status__exact=done", False),
            ("pipeline=parcel", True),
            ("pipeline=other", False),
            ("failed_step=parcel.ship", True),
            ("failed_step=parcel.bill", False),
            ("failed_step=other.ship", False),
            ("failed_step=nonsense", False),
        ],
    )
    def test_filters(self, failed, viewer, query, is_found):
        assert listed(viewer.get(f"{LIST}?{query}")) == [failed.run.pk] * is_found

    def test_the_failed_steps_on_offer_are_those_of_this_release(self, failed, viewer):
        (spec,) = [
            one for one in viewer.get(LIST).context["cl"].filter_specs if one.title == "failed step"
        ]
        assert [name for name, _title in spec.lookup_choices] == [
            "parcel.pack",
            "parcel.ship",
            "parcel.bill",
            "parcel.close",
        ]

    @pytest.mark.parametrize("find", [str, lambda pk: str(pk)[:8], lambda pk: str(pk)[:13].upper()])
    def test_a_run_is_found_by_the_beginning_of_its_id(self, failed, viewer, find):
        assert listed(viewer.get(LIST, {"q": find(failed.run.pk)})) == [failed.run.pk]

    def test_the_subject_is_named_and_linked_for_those_who_may_see_it(self, failed, viewer):
        html = viewer.get(LIST).content.decode()
        address = f"/staff/applications/job/{failed.run.subject_id}/change/"
        assert f'href="{address}"' in html
        html = staff("view_run").get(LIST).content.decode()
        assert address not in html
        assert "Backend Engineer" not in html
        assert f"Job {failed.run.subject_id}" in html

    def test_a_subject_that_was_erased_is_said_to_be_gone(self, failed, subject, viewer):
        subject.delete()
        assert "No longer there: position" in viewer.get(LIST).content.decode()

    def test_a_longer_list_costs_no_more_queries(self, failed, parcel, viewer, now):
        viewer.get(LIST)
        with CaptureQueriesContext(connection) as one:
            viewer.get(LIST)
        for _number in range(5):
            fail_at_ship(Journey(parcel, make_job(), now=now))
        with CaptureQueriesContext(connection) as six:
            assert len(listed(viewer.get(LIST))) == 6
        assert len(six) == len(one)

    def test_a_run_of_another_release_is_listed_by_what_the_ledger_knows(
        self, failed, viewer, monkeypatch
    ):
        monkeypatch.setattr(registry, "_pipelines", [])
        text = words(viewer.get(LIST).content.decode())
        assert f"parcel {str(failed.run.pk)[:8]} {failed.run.subject_id} Failed ship" in text


class TestThePage:
    def test_every_attempt_is_told_with_its_times_and_its_worker(self, journey, viewer):
        journey.retry("pack", 1, 2, 12, "Busy.")
        journey.ring("pack", 12)
        journey.crash("pack", 13, attempt=2)
        journey.ring("pack", 29)
        journey.succeed("pack", 30, 30.5, attempt=3)
        assert table(viewer.get(journey.page)) == [
            ["Attempt", "Outcome", "Queued", "Started", "Finished", "Waited", "Worked", "Worker"],
            ["pack"],
            [
                *("1", "Failed, tried again Busy."),
                *("09:30:00", "09:30:01", "09:30:02", "1 s", "1 s", "deliver@one"),
            ],
            [
                *("2", "Worker died The worker died while it ran this step."),
                *("09:30:12", "09:30:13", "09:30:28", "1 s", "15 s", "deliver@one"),
            ],
            [
                *("3", "Succeeded"),
                *("09:30:29", "09:30:30", "09:30:30", "1 s", "500 ms", "deliver@one"),
            ],
            ["ship"],
            ["1", "Sent", "09:30:30", "", "", "29 s", "", ""],
            ["bill"],
            ["1", "Sent", "09:30:30", "", "", "29 s", "", ""],
        ]

    def test_a_waiting_step_says_when_its_next_try_is(self, journey, viewer):
        journey.retry("pack", 1, 2, 72, "Busy.")
        text = words(viewer.get(journey.page).content.decode())
        assert "pack Waiting to try again Next try at 09:31:12, in 12 s" in text

    def test_a_step_that_waits_for_an_outage_to_end_says_so(self, journey, viewer):
        journey.retry("pack", 1, 2, 72, "Away.", outage="StoreAway")
        text = words(viewer.get(journey.page).content.decode())
        assert "Next try at 09:31:12, in 12 s, or when the outage ends" in text

    def test_a_step_whose_time_has_come_is_tried_now(self, journey, viewer):
        journey.retry("pack", 1, 2, 59, "Busy.")
        assert "Next try now" in words(viewer.get(journey.page).content.decode())

    def test_a_failed_run_says_why_and_what_to_do(self, failed, changer, viewer):
        start = "One step needs a person ship No such address."
        text = words(changer.get(failed.page).content.decode())
        assert f"{start} Once the cause is fixed, resume" in text
        text = words(viewer.get(failed.page).content.decode())
        assert f"{start} Somebody who may change runs can resume it from here." in text

    def test_steps_of_a_fork_are_shown_side_by_side(self, journey, viewer):
        text = words(viewer.get(journey.page).content.decode())
        assert "pack Sent side by side ship Pending bill Pending close Pending" in text

    def test_it_looks_again_by_itself_while_something_moves(self, journey, viewer):
        moving = f'hx-get="{journey.page}" hx-trigger="every 2s"'
        assert moving in viewer.get(journey.page).content.decode()
        fail_at_ship(journey)
        assert (
            "hx-get"
            not in re.search(
                r'<div class="run-page".*?>', viewer.get(journey.page).content.decode()
            ).group()
        )

    def test_of_many_attempts_the_last_ones_are_shown_and_the_others_on_demand(
        self, journey, viewer
    ):
        for number in range(1, 9):
            journey.retry("pack", number, number, number, "Busy.", attempt=number)
            journey.ring("pack", number)
        shown = table(viewer.get(journey.page))
        assert shown[2] == ["4 earlier attempts"]
        assert [row[0] for row in shown[3:]] == ["5", "6", "7", "8", "9"]
        assert len(table(viewer.get(f"{journey.page}?all"))) == 2 + 9

    def test_the_attempts_of_a_long_outage_are_the_newest_500_at_most(self, journey, viewer):
        journey.wait_out("pack", 702)
        shown = table(viewer.get(f"{journey.page}?all"))
        told = f"202 earlier attempts: manage.py pipelines show {str(journey.run.pk)[:8]}"
        assert shown[2] == [told]
        assert [row[0] for row in shown[3:]] == [str(number) for number in range(203, 703)]

    def test_a_longer_story_costs_no_more_queries(self, journey, viewer):
        viewer.get(journey.page)
        with CaptureQueriesContext(connection) as short:
            viewer.get(journey.page)
        for number in (1, 2, 3):
            journey.crash("pack", number * 20, attempt=number)
            journey.ring("pack", number * 20 + 16)
        with CaptureQueriesContext(connection) as long:
            viewer.get(journey.page)
        assert len(long) == len(short)
        assert sum("pipelines_attempt" in query["sql"] for query in long) == 1

    def test_a_run_of_another_release_is_shown_and_said_to_be_one(
        self, failed, changer, monkeypatch
    ):
        monkeypatch.setattr(registry, "_pipelines", [])
        text = words(changer.get(failed.page).content.decode())
        assert "pack Succeeded · 500 ms Not in this release" in text
        assert "Resuming will fail again, until a release has it." in text

    def test_a_run_that_is_not_there_leads_back_to_the_overview(self, boss):
        response = boss.get(f"{LIST}00000000-0000-0000-0000-000000000000/change/")
        assert (response.status_code, response.url) == (302, "/staff/")
        assert Run.objects.count() == 0
