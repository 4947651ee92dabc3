from django.contrib.auth.models import User

from applications.groups import hr_group


def test_hr_decides_about_applications_writes_positions_resumes_runs_and_decides_doubts(db):
    person = User.objects.create_user("hr", is_staff=True)
    person.groups.add(hr_group())
    assert person.get_all_permissions() == {
        "applications.add_job",
        "applications.change_job",
        "applications.view_job",
        "applications.add_question",
        "applications.change_question",
        "applications.delete_question",
        "applications.view_question",
        "applications.view_application",
        "applications.change_application",
        "applications.view_employee",
        "applications.view_document",
        "applications.view_letter",
        "applications.change_letter",
        "applications.view_consenttext",
        "applications.view_alert",
        "applications.delete_alert",
        "applications.view_erasure",
        "applications.view_report",
        "applications.add_brand",
        "applications.change_brand",
        "applications.view_brand",
        "pipelines.view_run",
        "pipelines.change_run",
    }


def test_what_an_administrator_took_away_stays_away(db):
    hr_group().permissions.clear()
    assert not hr_group().permissions.exists()
