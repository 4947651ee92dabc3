"""The file input."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict


class UploadInput(forms.FileInput):
    """A file input whose kept file can be dropped by ticking ``<name>-drop``."""

    def value_from_datadict(
        self, data: Any, files: "MultiValueDict[str, UploadedFile[bytes]]", name: str
    ) -> Any:
        """The new file; else False, which FileField takes for "none", where the box is ticked."""
        upload = super().value_from_datadict(data, files, name)
        return False if upload is None and f"{name}-drop" in data else upload
