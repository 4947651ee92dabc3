"""The environment is read strictly: what is wrong is said at start-up, by name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from django_celery import env


@pytest.fixture
def variable(monkeypatch):
    """Sets the variable WORD."""

    def put(value):
        monkeypatch.setenv("WORD", value)

    return put


def test_text_is_trimmed_and_an_empty_one_counts_as_unset(variable):
    variable("  a b ")
    assert env.text("WORD") == "a b"
    variable("  ")
    assert env.text("WORD", default="x") == "x"


def test_a_required_variable_that_is_missing_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"Set NOWHERE in the environment or in \.env"):
        env.text("NOWHERE")


@pytest.mark.parametrize(
    ("value", "meaning"), [("true", True), ("1", True), ("On", True), ("no", False), ("0", False)]
)
def test_booleans_are_a_few_plain_words(variable, value, meaning):
    variable(value)
    assert env.boolean("WORD", default=not meaning) is meaning


@pytest.mark.parametrize("value", ["maybe", "2", "truee"])
def test_any_other_word_is_no_boolean(variable, value):
    variable(value)
    with pytest.raises(ImproperlyConfigured, match="WORD must be true or false"):
        env.boolean("WORD", default=False)


def test_integers_have_a_floor(variable):
    variable("7")
    assert env.integer("WORD", default=1) == 7
    variable("-1")
    with pytest.raises(ImproperlyConfigured, match="WORD must be 0 or more, not -1"):
        env.integer("WORD", default=1)
    variable("seven")
    with pytest.raises(ImproperlyConfigured, match="WORD must be a whole number"):
        env.integer("WORD", default=1)


def test_a_choice_is_one_of_its_words(variable):
    variable("hold")
    assert env.choice("WORD", default="a", among=("a", "hold")) == "hold"
    variable("held")
    with pytest.raises(ImproperlyConfigured, match="WORD must be one of a, hold, not 'held'"):
        env.choice("WORD", default="a", among=("a", "hold"))


def test_a_url_has_one_of_its_schemes(variable):
    variable("file:///var/log/mail.log")
    assert env.url("WORD", default="", schemes=("file", "imaps")) == "file:///var/log/mail.log"
    variable("http://mail.example.com")
    with pytest.raises(ImproperlyConfigured, match="must begin with one of file://, imaps://"):
        env.url("WORD", default="", schemes=("file", "imaps"))
    variable("")
    assert env.url("WORD", default="", schemes=("file",)) == ""


def test_a_list_is_separated_by_commas(variable):
    variable(" a@example.com, ,b@example.com ")
    assert env.items("WORD") == ["a@example.com", "b@example.com"]
    assert env.items("NOWHERE") == []
