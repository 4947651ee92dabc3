"""The questions of a position, on the position's own form."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminTextareaWidget

from applications.models import Question

_MINIMUM_OPTIONS = 2


class QuestionForm(forms.ModelForm[Question]):
    class Meta:
        model = Question
        fields = ("kind", "label", "help_text", "options", "is_required", "position")
        widgets: ClassVar = {"options": UnfoldAdminTextareaWidget({"rows": 4})}

    def clean_options(self) -> str:
        """One option a line, each different from the others; two or more where some are chosen."""
        options = Question(options=self.cleaned_data["options"]).choices
        if len(set(options)) < len(options):
            raise forms.ValidationError(_("Name each option only once."))
        if self._has_options and len(options) < _MINIMUM_OPTIONS:
            raise forms.ValidationError(_("A choice needs at least two options, one a line."))
        return "\n".join(options)

    @property
    def _has_options(self) -> bool:
        # ``kind`` stands before ``options`` in Meta.fields, so it is clean by then.
        return Question.Kind(self.cleaned_data.get("kind", "short_text")).has_options


class QuestionFormSet(PaginationInlineFormSet):
    def clean(self) -> None:
        """No more files than the server takes in one request."""
        super().clean()
        staying = [form for form in self.forms if form not in self.deleted_forms]
        if sum(form.instance.kind == Question.Kind.FILE for form in staying) > Question.MAX_FILES:
            raise forms.ValidationError(
                _("A position may ask for at most %(number)d files beside the CV and the photo.")
                % {"number": Question.MAX_FILES}
            )

    def save_new(self, form: QuestionForm, commit: bool = True) -> Question:  # noqa: FBT001, FBT002
        """A new question comes after those that are there; the page lets people drag it then."""
        form.instance.position = 1 + max(other.instance.position for other in self.forms)
        question: Question = super().save_new(form, commit=commit)
        return question


class QuestionInline(StackedInline):
    model = Question
    formset = QuestionFormSet
    form = QuestionForm
    extra = 0
    ordering_field = "position"
    hide_ordering_field = True
    collapsible = True
