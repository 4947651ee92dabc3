"""From an application to the bytes of its dossier."""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applications.dossier.composing import compose
from applications.dossier.pages import Pages
from applications.dossier.photo import PhotoUnreadable, printed
from applications.models import Application, Document
from applications.palette import DEFAULT_COLOUR

_DO_NOT_FOLLOW = _("Its pages could not be added here: open it by its name.")
_NOT_SHOWN = _("It could not be shown here: the file is damaged or too large.")


def render(application: Application, *, photo: bytes | None, cv: Pages | None = None) -> bytes:
    """The dossier as PDF, with the pages of the CV behind its own.

    ``photo`` is the photo as it was uploaded, or None. One that cannot be read is left out, as
    are pages that fit nowhere, and the list of enclosed files says so. The same application,
    photo, pages and brand give the same bytes in any process of an installation, so that a
    SHA-256 may be compared after a retry.
    """
    portrait, is_unreadable = _portrait(photo)
    remarks = {
        Document.Kind.PHOTO: str(_NOT_SHOWN) if is_unreadable else "",
        Document.Kind.RESUME: _remark(cv) if cv else "",
    }
    dossier = compose(application, portrait=portrait, remarks=remarks)
    html = render_to_string("dossier/dossier.html", {"dossier": dossier})
    return _typeset(
        html,
        colour=dossier.colour,
        identifier=application.pk.hex,
        pages=cv.content if cv else b"",
    )


def _remark(cv: Pages) -> str:
    if not cv.count:
        return str(_DO_NOT_FOLLOW)
    number = {"number": cv.count}
    return ngettext("Its page follows.", "Its %(number)d pages follow.", cv.count) % number


def warm_up() -> None:
    """Load what the first dossier of a process would wait for, by rendering a small one.

    Call it before a worker forks, in a process with one thread, and the children share it.
    """
    html = render_to_string("dossier/warm_up.html")
    _typeset(html, colour=DEFAULT_COLOUR, identifier="warm-up", pages=b"")


def typeset(html: str, *, style: str, colour: str, identifier: str) -> bytes:
    """A page of our own as PDF/UA, in the stylesheet that the template ``style`` gives.

    It must be well-formed, and of the elements that elements.css knows. Equal input, equal bytes.
    """
    # As below.
    from applications.dossier import pdf  # noqa: PLC0415

    return pdf.typeset(html, colour=colour, identifier=identifier, variant=pdf.PDF_UA, style=style)


def _typeset(html: str, *, colour: str, identifier: str, pages: bytes) -> bytes:
    # WeasyPrint and pypdf take more than a second to import, and web processes never render.
    from applications.dossier import joining, pdf  # noqa: PLC0415 - see above

    if not pages:
        return pdf.typeset(html, colour=colour, identifier=identifier, variant=pdf.PDF_UA)
    # Others' pages are not tagged, so the whole is not what PDF/UA asks for, and does not say so.
    own = pdf.typeset(html, colour=colour, identifier=identifier, variant=None)
    return joining.joined(own, pages, title=str(Document.Kind.RESUME.label))


def _portrait(photo: bytes | None) -> tuple[bytes | None, bool]:
    """The photo as it is printed, and whether there is one that cannot be read."""
    if photo is None:
        return None, False
    try:
        return printed(photo), False
    except PhotoUnreadable:
        return None, True
