"""A letter from its templates: any kind, about anything. Nothing is sent here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from css_inline import CSSInliner
from django.template.loader import render_to_string

from applications import branding
from applications.letters import plain
from applications.letters.enclosures import Enclosure, mime_part, that_fit
from applications.letters.headers import headers
from applications.letters.message import LOGO_ID, LetterMessage
from applications.models import Letter
from applications.text import one_line

# Mail programs drop style sheets, so letter.css is written onto its elements. The rules for dark
# mode and narrow screens (screens.css) stay in a sheet, for those that read one.
_INLINER = CSSInliner(load_remote_stylesheets=False, resolve_css_variables=True)


def write(
    *,
    kind: Letter.Kind,
    about: str,
    written_at: datetime,
    context: Mapping[str, Any],
    plain_context: Mapping[str, Any] | None = None,
    enclosures: Sequence[Enclosure] = (),
) -> LetterMessage:
    """The letter of this kind, from ``letters/<kind>/`` (subject.txt, body.txt, body.html).

    ``about`` and ``written_at`` (aware) are those of its ``headers``: with the same ones it is
    the same letter to the byte, as long as the brand is the same. ``plain_context`` is added for
    the plain text alone. Enclosures that are too large together for one letter stay out, in their
    order: the templates find the names as ``enclosed`` and ``left_out``. Its addresses are the
    caller's to set.
    """
    enclosed = that_fit(enclosures)
    brand = branding.current()
    context = {
        **context,
        "brand": brand,
        "logo_id": LOGO_ID,
        "enclosed": [one_line(each.filename) for each in enclosed],
        "left_out": [one_line(each.filename) for each in enclosures if each not in enclosed],
    }
    subject = one_line(render_to_string(f"letters/{kind}/subject.txt", context))
    context["subject"] = subject
    message = LetterMessage(
        subject=subject,
        body=_text(kind, {**context, **(plain_context or {})}),
        headers=headers(kind, about, written_at=written_at),
        attachments=[mime_part(each) for each in enclosed],
    )
    message.attach_alternative(_html(kind, context), "text/html")
    message.logo = brand.logo_content
    return message


def _text(kind: Letter.Kind, context: dict[str, Any]) -> str:
    return plain.laid_out(render_to_string(f"letters/{kind}/body.txt", context))


def _html(kind: Letter.Kind, context: dict[str, Any]) -> str:
    return _INLINER.inline(render_to_string(f"letters/{kind}/body.html", context))
