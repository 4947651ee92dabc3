import io

from PIL import Image
from pypdf import PdfReader

from django_celery.local.sample import sample_applicant


def test_the_candidate_has_a_cv_of_one_page_and_a_portrait():
    someone = sample_applicant()
    pages = PdfReader(io.BytesIO(someone.resume)).pages
    assert len(pages) == 1
    assert "Zofia Łęcka-Nakamura" in pages[0].extract_text()
    assert someone.cover_letter.endswith("Zofia Łęcka-Nakamura\n")
    with Image.open(io.BytesIO(someone.photo)) as photo:
        assert photo.format == "JPEG"
        assert photo.size == (900, 1125)
