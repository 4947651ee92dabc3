"""From an application to the bytes of its dossier."""

from django.template.loader import render_to_string

from applications.dossier.composing import compose
from applications.dossier.photo import PhotoUnreadable, printed
from applications.models import Application
from applications.palette import DEFAULT_COLOUR


def render(application: Application, *, photo: bytes | None) -> bytes:
    """The dossier as PDF.

    ``photo`` is the photo as it was uploaded, or None. One that cannot be read is left out, and
    the list of enclosed files says so. The same application, photo and brand give the same bytes
    in any process of an installation, so that a SHA-256 may be compared after a retry.
    """
    portrait, is_unreadable = _portrait(photo)
    dossier = compose(application, portrait=portrait, photo_is_unreadable=is_unreadable)
    html = render_to_string("dossier/dossier.html", {"dossier": dossier})
    return _typeset(html, colour=dossier.colour, identifier=application.pk.hex)


def warm_up() -> None:
    """Load what the first dossier of a process would wait for, by rendering a small one.

    Call it before a worker forks, in a process with one thread, and the children share it.
    """
    html = render_to_string("dossier/warm_up.html")
    _typeset(html, colour=DEFAULT_COLOUR, identifier="warm-up")


def _typeset(html: str, *, colour: str, identifier: str) -> bytes:
    # WeasyPrint takes more than a second to import, and web processes never render.
    from applications.dossier import pdf  # noqa: PLC0415 - see above

    return pdf.typeset(html, colour=colour, identifier=identifier)


def _portrait(photo: bytes | None) -> tuple[bytes | None, bool]:
    """The photo as it is printed, and whether there is one that cannot be read."""
    if photo is None:
        return None, False
    try:
        return printed(photo), False
    except PhotoUnreadable:
        return None, True
