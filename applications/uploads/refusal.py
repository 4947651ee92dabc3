"""The one way in which a file is refused."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """A file that we do not take. Its text is one sentence for the applicant: what, and what to do.

    It names neither the file nor anything in it.
    """


def disagreement(format_name: str) -> Refused:
    """For a file whose name says one thing and whose content says another."""
    return Refused(
        _("The name says %(format)s, the content does not. Save it again as %(format)s.")
        % {"format": format_name}
    )
