"""What an applicant fills in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import ParagraphsField, PhoneField, UploadField
from applications.forms.names import NameField
from applications.forms.questions import field_for
from applications.models import ConsentText, Document, Question
from applications.services.submission import GivenAnswer, Person
from applications.uploads import Upload

# What every position asks for; each field goes by the name of its kind.
_UPLOADS = (Document.Kind.RESUME, Document.Kind.PHOTO)
_CONSENT_CHANGED = _("This text has changed while you wrote. Read it once more and tick the box.")


class ApplyForm(forms.Form):
    """The fields that every position asks for, then one for each of its own questions.

    ``kept`` are good files of an earlier try with the same form, by field. A posted
    ``consent_version`` that is not ``consent`` any more counts as no consent: another text was
    read. ``typed`` is what an unbound form shows as typed until now, without judging it.
    """

    full_name = NameField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Your receipt goes there, and our answer."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address such as name@example.org."),
        },
    )
    phone = PhoneField(label=_("Phone"), max_length=40, required=False)
    resume = UploadField(
        kind=Document.Kind.RESUME,
        label=_("CV"),
        error_messages={"required": _("Choose the file with your CV.")},
    )
    photo = UploadField(
        kind=Document.Kind.PHOTO,
        label=_("Photo"),
        required=False,
    )
    cover_letter = ParagraphsField(
        label=_("Cover letter"),
        help_text=_("At most 20,000 characters."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    consent = forms.BooleanField(
        label=_("Your consent"),
        error_messages={"required": _("Tick the box. Without it we may not read what you send.")},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        questions: Collection[Question],
        consent: ConsentText,
        kept: Mapping[str, Upload],
        typed: QueryDict | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(kept))
        self.questions = questions
        self.consent_text = consent
        consent_field = self.fields.pop("consent")
        self.fields.update({question.field_name: field_for(question) for question in questions})
        self.fields["consent"] = consent_field
        self.initial.update(self._typed(typed) if typed else {})
        version, posted = str(consent.pk), data if data is not None else typed
        if posted is not None and posted.get("consent_version", version) != version:
            self._ask_for_consent_again(data)

    def _typed(self, typed: QueryDict) -> dict[str, Any]:
        return {
            name: field.widget.value_from_datadict(typed, MultiValueDict(), name)
            for name, field in self.fields.items()
            if not isinstance(field, UploadField)
        }

    def _ask_for_consent_again(self, data: QueryDict | None) -> None:
        self.initial["consent"] = False
        if data is not None:
            unticked = data.copy()
            unticked["consent"] = ""
            self.data = unticked
        self.fields["consent"].error_messages["required"] = _CONSENT_CHANGED

    @property
    def question_fields(self) -> list[BoundField]:
        return [self[question.field_name] for question in self.questions]

    def person(self) -> Person:
        """Who applies; only for a valid form."""
        return Person(
            full_name=self.cleaned_data["full_name"],
            email=self.cleaned_data["email"],
            phone=self.cleaned_data["phone"],
            cover_letter=self.cleaned_data["cover_letter"],
        )

    def answers(self) -> Sequence[GivenAnswer]:
        """An answer, perhaps an empty one, to each question; only for a valid form."""
        return [
            _given(question, self.cleaned_data[question.field_name]) for question in self.questions
        ]

    def uploads(self) -> dict[Document.Kind, Upload]:
        """The files that every position asks for; only for a valid form."""
        files = self.files_held()
        return {kind: files[kind] for kind in _UPLOADS if kind in files}

    def files_held(self) -> dict[str, Upload]:
        """All good files by field, new and kept, also while other fields are wrong."""
        names = [name for name in self.fields if isinstance(self.fields[name], UploadField)]
        held = {name: self.cleaned_data.get(name, self.initial.get(name)) for name in names}
        return {name: upload for name, upload in held.items() if upload}


def _given(question: Question, answer: str | Upload | None) -> GivenAnswer:
    if isinstance(answer, Upload):
        return GivenAnswer(question=question, value=answer.filename, file=answer)
    return GivenAnswer(question=question, value=answer or "")
