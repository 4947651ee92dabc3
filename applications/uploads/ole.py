"""The container of Word before 2007, which today also wraps every encrypted DOCX.

[MS-CFB] 2.2 for its signature, [MS-OFFCRYPTO] 2.3.4.4 for the stream's name.
"""

from django.utils.translation import gettext as _

from applications.uploads.refusal import Refused

_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def refuse_ole(content: bytes) -> None:
    """Raises Refused for an old or an encrypted Word document, whatever its name says."""
    if not content.startswith(_SIGNATURE):
        return
    if _ENCRYPTED_STREAM in content:
        raise Refused(
            _("This document is protected with a password. Save it without one, choose it again.")
        )
    raise Refused(
        _("This is the format of Word before 2007. Save it as PDF or DOCX and choose the new file.")
    )
