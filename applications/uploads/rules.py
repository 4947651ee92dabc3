"""What may be uploaded for which purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from applications.models import Document
from applications.uploads.formats import DOCX, JPEG, ODT, PDF, PNG, RTF, TXT, WEBP, Format

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Rules:
    """The formats, the size in bytes and the name given to a file that comes without one."""

    formats: tuple[Format, ...]
    max_bytes: int
    fallback_name: str

    @property
    def extensions(self) -> tuple[str, ...]:
        return tuple(extension for format_ in self.formats for extension in format_.extensions)

    @property
    def accept(self) -> str:
        """For the attribute of that name of a file input."""
        return ",".join(f".{extension}" for extension in self.extensions)

    @property
    def limits(self) -> str:
        """What is taken, for people: "JPEG, PNG or WebP, at most 5 MB."."""
        names = get_text_list([format_.name for format_ in self.formats], _("or"))
        # Translators: %(names)s are types of files, such as "PDF, DOCX or TXT".
        return _("%(names)s, at most %(size)d\u00a0MB.") % {
            "names": names,
            "size": self.max_bytes // _MEBIBYTE,
        }

    def format_of(self, extension: str) -> Format | None:
        return next((each for each in self.formats if extension in each.extensions), None)


_WRITTEN = (PDF, DOCX, ODT, RTF, TXT)

RULES: Mapping[Document.Kind, Rules] = MappingProxyType(
    {
        Document.Kind.RESUME: Rules(_WRITTEN, 10 * _MEBIBYTE, "cv"),
        Document.Kind.PHOTO: Rules((JPEG, PNG, WEBP), 5 * _MEBIBYTE, "photo"),
        Document.Kind.QUESTION: Rules(_WRITTEN, 10 * _MEBIBYTE, "answer"),
    }
)
