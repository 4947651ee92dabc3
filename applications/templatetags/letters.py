"""What the letters' plain text needs beside Django's own tags."""

from django import template

from applications.letters import plain

register = template.Library()


@register.filter
def underlined(heading: str) -> str:
    """A heading above a line of its own width, in any script."""
    return plain.underlined(heading)
