from applications.models import Letter
from tests.states.papers import letters


def test_every_kind_of_letter_has_its_pictures(company):
    assert {name for name, _message in letters()} == set(Letter.Kind.values)
