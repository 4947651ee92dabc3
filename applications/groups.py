"""The group of people who hire, and what it may do in the back office."""

from django.contrib.auth.models import Group, Permission

HR = "HR"
# They write positions, and read what arrives. Nobody edits an application.
_RIGHTS_OF_HR = (
    "add_job",
    "change_job",
    "view_job",
    "add_question",
    "change_question",
    "delete_question",
    "view_question",
    "view_application",
    "view_document",
    "view_consenttext",
)


def hr_group() -> Group:
    """The group HR, with its rights when it is new; what an administrator changed later stays."""
    group, is_new = Group.objects.get_or_create(name=HR)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label="applications", codename__in=_RIGHTS_OF_HR
            )
        )
    return group
