import pytest
from django import forms

from applications.forms.questions import field_for
from applications.models import Question

Kind = Question.Kind


def question(kind, options="", *, is_required=False):
    return Question(
        kind=kind, label="Why?", help_text="Hm.", options=options, is_required=is_required
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_field_with_the_questions_words(kind):
    field = field_for(question(kind, "a\nb", is_required=True))
    assert (field.label, field.help_text, field.required) == ("Why?", "Hm.", True)


def test_a_few_options_are_radio_buttons_and_many_a_list():
    few = field_for(question(Kind.CHOICE, "1\n2\n3\n4\n5\n6", is_required=True))
    many = field_for(question(Kind.CHOICE, "1\n2\n3\n4\n5\n6\n7", is_required=True))
    assert isinstance(few.widget, forms.RadioSelect)
    assert type(many.widget) is forms.Select
    assert many.choices[0] == ("", "Choose …")


def test_no_answer_can_be_chosen_where_none_is_needed():
    assert field_for(question(Kind.YES_NO)).choices[-1] == ("", "No answer")
    assert field_for(question(Kind.YES_NO)).clean("") == ""


def test_only_an_option_answers_a_choice():
    field = field_for(question(Kind.CHOICE, "Soon\nLater", is_required=True))
    assert field.clean("Soon") == "Soon"
    for value in ("", "Never", "soon\0"):
        with pytest.raises(forms.ValidationError, match="Choose one of these"):
            field.clean(value)


def test_yes_and_no_are_kept_as_words():
    field = field_for(question(Kind.YES_NO, is_required=True))
    assert [field.clean(value) for value in ("yes", "no")] == ["yes", "no"]


def test_texts_have_limits():
    with pytest.raises(forms.ValidationError, match="300 are possible"):
        field_for(question(Kind.SHORT_TEXT)).clean("a" * 301)
    with pytest.raises(forms.ValidationError, match="5000 are possible"):
        field_for(question(Kind.LONG_TEXT)).clean("a" * 5_001)
