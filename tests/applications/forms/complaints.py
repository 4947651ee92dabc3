import pytest
from django.core.exceptions import ValidationError


def complaints(field, value):
    """What the field says of a value that it refuses."""
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages
