"""The company's name, colour and logo."""

from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminColorInputWidget, UnfoldAdminFileFieldWidget

from applications import branding
from applications.colours import contrast
from applications.models import Brand
from applications.palette import LIGHT, READABLE
from applications.uploads import Refused
from applications.uploads.logo import Logo, prepared


def company(_request: HttpRequest) -> str:
    """What stands above the back office."""
    return str(branding.current())


class StoredLogo(NamedTuple):
    """The logo there is, as a file field shows it."""

    url: str

    def __str__(self) -> str:
        return self.url


class BrandForm(forms.ModelForm[Brand]):
    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=UnfoldAdminFileFieldWidget({"accept": ".png,.jpg,.jpeg,.webp"}),
        help_text=_(
            "PNG, JPEG or WebP, best with a transparent ground and 160 pixels high. A wide one "
            "stands alone; beside one that is about square stands the name."
        ),
    )

    class Meta:
        model = Brand
        fields = ("name", "colour")
        widgets: ClassVar = {"colour": UnfoldAdminColorInputWidget()}

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if url := self.instance.logo_url:
            self.initial["logo_file"] = StoredLogo(url)

    def clean_logo_file(self) -> Any:
        """A Logo; False to be without one, StoredLogo or None where nothing changes."""
        chosen = self.cleaned_data["logo_file"]
        if not isinstance(chosen, UploadedFile):
            return chosen
        try:
            return prepared(chosen.read())
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None

    def save(self, commit: bool = True) -> Brand:  # noqa: FBT001, FBT002 - Django's own signature
        chosen = self.cleaned_data["logo_file"]
        if isinstance(chosen, Logo):
            self.instance.wear(chosen.content, chosen.sha256, (chosen.width, chosen.height))
        elif chosen is False:
            self.instance.wear(b"", "", (0, 0))
        return super().save(commit=commit)


@admin.register(Brand)
class BrandAdmin(ModelAdmin):
    """One row: in the place of a list stands its form."""

    form = BrandForm
    fields = ("name", "colour", "tones", "logo_file")
    readonly_fields = ("tones",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        pk = "1" if Brand.objects.exists() else None
        answer: HttpResponse = self.changeform_view(request, pk, "", extra_context)
        return answer

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(super().has_add_permission(request)) and not Brand.objects.exists()

    def has_delete_permission(self, _request: HttpRequest, _obj: Brand | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if obj.palette.light.plain != obj.colour.lower():
            self.message_user(request, _adapted(obj), messages.WARNING)

    @admin.display(description=_("as people see it"))
    def tones(self, brand: Brand | None) -> SafeString:
        palette = (brand or Brand()).palette
        return render_to_string("admin/applications/brand/tones.html", {"palette": palette})


def _adapted(brand: Brand) -> str:
    lowest = min(contrast(brand.colour, ground) for ground in LIGHT)
    return _(
        "Text in %(colour)s could not be read on white: its contrast would be %(is).1f to 1, and "
        "%(needs).1f is needed. On light pages, in letters and dossiers text is therefore "
        "%(plain)s, the same hue, only darker."
    ) % {
        "colour": brand.colour,
        "is": lowest,
        "needs": READABLE,
        "plain": brand.palette.light.plain,
    }
