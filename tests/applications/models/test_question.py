import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from applications.models import Question
from tests.factories import make_job


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_a_choice_without_options_is_refused(kind):
    question = Question(job=make_job(), kind=kind, label="Which?")
    with pytest.raises(ValidationError, match="Enter the options to choose from, one a line"):
        question.full_clean()
    with pytest.raises(IntegrityError):
        question.save()
