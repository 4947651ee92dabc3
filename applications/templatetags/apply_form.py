"""What the form's templates need beside Django's own tags."""

from collections.abc import Mapping

from django import template

from applications.uploads import Upload

register = template.Library()


@register.filter
def of(files: Mapping[str, Upload], field: str) -> Upload | None:
    """The file that is kept for this field, if there is one."""
    return files.get(field)
