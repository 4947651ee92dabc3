"""The honeypot: a field of the form that is there for nobody."""

from django.http import QueryDict

# A name that robots like to fill in. It stands for nothing that browsers keep for autofill.
# https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-field
FIELD = "homepage"


def is_caught(data: QueryDict) -> bool:
    """Whether something stands in the field that no person is shown."""
    return bool(data.get(FIELD))
