"""Two PDFs of ours, made one."""

from hashlib import sha256
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject


def joined(dossier: bytes, pages: bytes, *, title: str) -> bytes:
    """The dossier with those pages behind its own, and a bookmark of that title to the first.

    Its tags, title and language stay. The second part of its /ID is a digest of both, so that
    equal input gives equal bytes.
    """
    writer = PdfWriter(clone_from=BytesIO(dossier))
    first = len(writer.pages)
    identifier, _digest = writer._ID or (ByteStringObject(), None)  # noqa: SLF001 - no public way
    for page in PdfReader(BytesIO(pages)).pages:
        writer.add_page(page)
    writer.add_outline_item(title=title, page_number=first)
    digest = ByteStringObject(sha256(dossier + pages).digest()[:16])
    writer._ID = ArrayObject((identifier, digest))  # noqa: SLF001 - see above
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
