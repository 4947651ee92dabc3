from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse

from applications import storage
from applications.models import Report


@pytest.fixture
def report(db, now):
    return Report.objects.create(
        kind=Report.Kind.NEW_APPLICATIONS,
        since=now,
        until=now,
        row_count=3,
        key="reports/new-applications/2026-03-02T0930Z.csv",
        content_type="text/csv",
        size=2048,
        sha256="0" * 64,
    )


def address(report):
    return reverse("admin:applications_report_open", args=(report.pk,))


def test_reports_are_listed_with_their_file(hr_client, report):
    page = hr_client.get(reverse("admin:applications_report_changelist")).content.decode()
    assert address(report) in page
    for words in ("New applications and hires", "2.0\xa0KB", "2 Mar 2026, 09:30", "CSV"):
        assert words in page


def test_a_report_is_signed_on_click_and_its_opening_noted(hr_client, hr_person, report):
    response = hr_client.get(address(report))
    assert response.status_code == 302
    link = urlsplit(response.url)
    assert link.path.endswith(report.key)
    query = parse_qs(link.query)
    assert query["X-Amz-Expires"] == ["120"]
    assert "new-applications-2026-03-02T0930Z.csv" in query["response-content-disposition"][0]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.get_edited_object()) == (hr_person, report)


def test_a_report_for_which_no_link_can_be_signed_was_not_opened(hr_client, report, monkeypatch):
    def link(_key, **_options):
        raise storage.StorageUnavailable("No keys.")

    monkeypatch.setattr(storage, "link", link)
    assert "No keys." in hr_client.get(address(report), follow=True).content.decode()
    assert not LogEntry.objects.exists()


def test_staff_without_the_right_to_view_reports_are_refused(client, report):
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert client.get(address(report)).status_code == 403
    assert not LogEntry.objects.exists()


def test_it_is_only_read(hr_client, report):
    assert hr_client.post(address(report)).status_code == 405


def test_an_unknown_report_is_not_found(hr_client):
    gone = reverse("admin:applications_report_open", args=(1,))
    assert hr_client.get(gone).status_code == 404
