"""PDF, looked at without being parsed.

A full parser is no doorman: damaged or hostile files of 10 MB hold pypdf for seconds to minutes.
What is read here lies in the open in every PDF, and finding it takes milliseconds.
"""

import re

from django.utils.translation import gettext as _

from applications.uploads.refusal import Refused

# Viewers look for the header in the first 1024 bytes (PDF Reference 1.7, appendix H, note 13).
_HEADER_WITHIN = 1024
# The trailer, or the dictionary of the cross-reference stream that stands for it, is never
# compressed or encrypted itself (ISO 32000-1, 7.5.5, 7.5.8 and 7.6.1).
_REFERENCE = rb"\d{1,10}\s{1,9}\d{1,5}\s{1,9}R"
_ROOT = re.compile(rb"/Root\s{0,9}" + _REFERENCE)
_ENCRYPT = re.compile(rb"/Encrypt\s{0,9}(?:<<|" + _REFERENCE + rb")")
_END = re.compile(rb"startxref\s{1,9}\d")


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:_HEADER_WITHIN]


def inspect_pdf(content: bytes) -> None:
    """Raises Refused for a PDF that is cut off or needs a password."""
    if _ENCRYPT.search(content):
        raise Refused(
            _("This PDF is protected with a password. Save it without one and choose it again.")
        )
    end = content.rfind(b"startxref")
    if not _END.match(content, max(end, 0)) or not _ROOT.search(content):
        raise Refused(
            _("This PDF is damaged. Open it, save it as a new PDF and choose the new file.")
        )
