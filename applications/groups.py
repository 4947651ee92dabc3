"""The group of people who hire, and what it may do in the back office."""

from typing import Any

from django.contrib.auth.models import Group, Permission

HR = "HR"
# They write positions, read what arrives, decide about it, may resume a run, and decide about a
# letter in doubt. A job alert they end for whoever asks them to. To change an application is to
# move it on: nobody edits what was sent.
_RIGHTS_OF_HR = (
    "add_job",
    "change_job",
    "view_job",
    "add_question",
    "change_question",
    "delete_question",
    "view_question",
    "view_application",
    "change_application",
    "view_employee",
    "view_document",
    "view_letter",
    "view_alert",
    "delete_alert",
    "view_erasure",
    "view_report",
    "change_letter",
    "view_consenttext",
    "add_brand",
    "change_brand",
    "view_brand",
    "view_run",
    "change_run",
)


def hr_group() -> Group:
    """The group HR, with its rights when it is new; what an administrator changed later stays."""
    group, is_new = Group.objects.get_or_create(name=HR)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label__in=("applications", "pipelines"),
                codename__in=_RIGHTS_OF_HR,
            )
        )
    return group


def make_hr_group(**_: Any) -> None:
    """Receives post_migrate: the group is there before the first person of HR is."""
    hr_group()
