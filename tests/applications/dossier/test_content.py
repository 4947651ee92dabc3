import pytest

from applications.dossier.composing import compose


@pytest.fixture
def named(application):
    """A dossier for a name."""

    def dossier(full_name, cover_letter=""):
        application.full_name = full_name
        application.cover_letter = cover_letter
        return compose(application, portrait=None, remarks={})

    return dossier


@pytest.mark.parametrize(
    ("full_name", "size"),
    [("Amina Okafor", "large"), ("王" * 15, "medium"), ("W" * 70, "medium"), ("W" * 71, "small")],
)
def test_long_names_are_set_smaller(named, full_name, size):
    assert named(full_name).name_size == size


def test_running_name_is_cut_to_one_line(named):
    assert named("W" * 200).running_name.text == "W" * 59 + "…"
    assert named("Amina Okafor").running_name.text == "Amina Okafor"


@pytest.mark.parametrize(
    ("full_name", "cover_letter", "language"),
    [
        ("王小明", "您好", "zh"),
        ("山田 太郎", "はじめまして", "ja"),
        ("金民俊", "안녕하십니까", "ko"),
        ("Amina Okafor", "Hello", "zh"),
    ],
)
def test_han_in_a_name_takes_the_shapes_of_the_letters_language(
    named, full_name, cover_letter, language
):
    assert named(full_name, cover_letter).han == language
