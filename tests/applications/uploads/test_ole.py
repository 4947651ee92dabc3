import pytest

from applications.uploads import Refused
from applications.uploads.ole import refuse_ole
from tests.applications.uploads import samples


def test_what_is_no_container_passes():
    refuse_ole(samples.docx())


def test_a_docx_with_a_password_is_refused():
    with pytest.raises(Refused, match="protected with a password"):
        refuse_ole(samples.LOCKED_DOCX)


def test_an_old_word_document_is_refused():
    with pytest.raises(Refused, match="Word before 2007"):
        refuse_ole(samples.OLD_WORD)
