"""From what a browser sent to an Upload, or to one sentence that says why not."""

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from applications.models import Document
from applications.uploads.formats import Format
from applications.uploads.names import extension, safe_name
from applications.uploads.ole import refuse_ole
from applications.uploads.refusal import Refused, disagreement
from applications.uploads.rules import RULES, Rules
from applications.uploads.upload import Upload


def receive(kind: Document.Kind, file: "UploadedFile[bytes]") -> Upload:
    """The file as it is kept and stored. Raises Refused for one that we do not take.

    The size is judged before the content is read, the content without being decoded. What the
    browser says about the type is not asked.
    """
    rules = RULES[kind]
    filename = file.name or ""
    _judge_size(file.size or 0, rules)
    content = file.read()
    format_ = _judged(content, filename, rules)
    return Upload(
        filename=safe_name(filename, fallback=rules.fallback_name),
        content_type=format_.content_type,
        content=content,
    )


def _judge_size(size: int, rules: Rules) -> None:
    if size == 0:
        raise Refused(_("This file is empty. Choose another one."))
    if size > rules.max_bytes:
        raise Refused(
            _("This file has %(size)s. Choose one of at most %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(rules.max_bytes)}
        )


def _judged(content: bytes, filename: str, rules: Rules) -> Format:
    refuse_ole(content)
    format_ = rules.format_of(extension(filename))
    if format_ is None:
        raise _wrong_type(rules)
    if not _is_said_and_shown(content, format_, rules):
        raise disagreement(format_.name)
    format_.inspect(content)
    return format_


def _is_said_and_shown(content: bytes, format_: Format, rules: Rules) -> bool:
    """The first format that the content fits decides: a PDF may pass for text, not the reverse."""
    return next((each for each in rules.formats if each.fits(content)), None) is format_


def _wrong_type(rules: Rules) -> Refused:
    names = ", ".join(format_.name for format_ in rules.formats)
    return Refused(
        _("We cannot take this type of file. Choose one of these: %(names)s.") % {"names": names}
    )
