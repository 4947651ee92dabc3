import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.forms.fields import OneLineField, ParagraphsField, PhoneField, UploadField
from applications.models import Document
from tests.applications.forms.complaints import complaints
from tests.applications.uploads import samples


def test_a_line_is_cleaned_before_it_is_judged():
    field = OneLineField(max_length=5)
    assert field.clean(" Ada\r\nL ") == "Ada L"
    assert complaints(field, "\u202e\u200b ") == ["This field is required."]
    assert complaints(field, "Adaaaa") == [
        "Make this shorter: it has 6 characters, 5 are possible."
    ]
    assert complaints(field, "A\0da") == ["Null characters are not allowed."]


def test_line_ends_count_once():
    field = ParagraphsField(max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"
    assert len(complaints(field, "ab\r\ncde")) == 1


def test_a_browser_is_not_told_to_cut_a_text():
    assert "maxlength" not in str(ParagraphsField(max_length=5).widget.render("text", ""))
    assert ParagraphsField(max_length=5).widget.attrs["data-max-length"] == "5"


@pytest.mark.parametrize(
    "phone",
    ["+44 20 7946 0018", "(030) 123-45 67 ext. 8", "0044.20.79460018", "٠١٢٣٤٥٦٧٨", "12345"],
)
def test_a_phone_number_may_be_written_in_many_ways(phone):
    assert PhoneField().clean(phone) == phone


@pytest.mark.parametrize("phone", ["call me", "1234", "1" * 21, "<script>12345</script>", "1,2,3"])
def test_what_cannot_be_a_phone_number_is_refused(phone):
    assert complaints(PhoneField(), phone) == [
        "Enter a phone number, such as +44 20 7946 0018, or leave this empty."
    ]


def test_an_upload_is_judged():
    field = UploadField(kind=Document.Kind.RESUME)
    assert field.clean(SimpleUploadedFile("cv.rtf", samples.RTF)).content_type == "application/rtf"
    assert complaints(field, SimpleUploadedFile("cv.rtf", b"")) == [
        "This file is empty. Choose another one."
    ]
