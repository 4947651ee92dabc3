from django_celery.celery import app


def test_tasks_have_their_names_on_the_wire():
    assert {name for name in app.tasks if name.startswith("apply_now.")} == {
        "apply_now.scan_files",
        "apply_now.render_dossier",
        "apply_now.store_dossier",
        "apply_now.email_hr",
        "apply_now.email_applicant",
    }
