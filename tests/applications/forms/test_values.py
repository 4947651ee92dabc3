import pytest
from django import forms
from django.utils import translation

from applications.forms.values import ChoicesField, DayField, LinkField, NumberField
from tests.applications.forms.complaints import complaints


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("7", "7"),
        (" 1,250.50 ", "1250.5"),
        ("1250.5", "1250.5"),
        ("1 250 000", "1250000"),
        ("\u22123.0", "-3"),
        ("-0", "0"),
        ("0.000001", "0.000001"),
        ("100000000000000", "100000000000000"),
        ("٤٢", "42"),
    ],
)
def test_a_number_is_kept_in_one_form_however_it_was_typed(typed, kept):
    assert NumberField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["ten", "1,5", "1,2500", "1.250,5", "1e9", "NaN", "1.", "9" * 16])
def test_what_could_be_misread_is_no_number(typed):
    assert complaints(NumberField(), typed) == ["Enter a number, such as 1,250.5."]


def test_a_number_is_read_and_asked_for_as_the_language_writes_it():
    with translation.override("de"):
        assert NumberField().clean("1.250,5") == "1250.5"
        assert complaints(NumberField(), "1,250.5")[0].endswith("1.250,5.")
    with translation.override("fr"):
        assert NumberField().clean("1\u202f250,5") == "1250.5"


def test_a_day_is_kept_as_iso_8601():
    assert DayField().clean("2026-03-02") == "2026-03-02"
    assert complaints(DayField(), "02/03/2026") == [
        "Enter a date as year, month and day, such as 2026-03-31."
    ]
    assert complaints(DayField(), "0026-03-02") == ["Check the year of this date."]


def test_a_day_comes_back_as_the_browser_wants_it_in_every_language():
    with translation.override("de"):
        assert 'value="2026-03-02"' in DayField().widget.render("day", "2026-03-02")


def test_several_options_are_kept_in_the_order_of_the_question():
    field = ChoicesField(choices=[(option, option) for option in ("Ada", "C", "Lisp")])
    assert isinstance(field.widget, forms.CheckboxSelectMultiple)
    assert field.clean(["Lisp", "Ada"]) == "Ada\nLisp"
    assert complaints(field, []) == ["Choose at least one of these."]
    assert complaints(field, ["Ada", "Perl"]) == ["Choose from these."]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("example.org/work", "https://example.org/work"),
        ("https://bücher.example", "https://bücher.example"),
        ("https://example.org/~ada@home", "https://example.org/~ada@home"),
    ],
)
def test_a_link_leads_to_a_page(typed, kept):
    assert LinkField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "ftp://example.org",
        "ada@example.org",
        "https://example.com@evil.example",
        "https://[",
        "my work",
    ],
)
def test_anything_else_is_no_link(typed):
    assert complaints(LinkField(), typed) == [
        "Enter a link to a page, such as https://example.org/my-work."
    ]


@pytest.mark.parametrize("field", [NumberField, DayField, ChoicesField, LinkField])
def test_what_is_not_required_may_be_left_open(field):
    assert field(required=False).clean(None) == ""
