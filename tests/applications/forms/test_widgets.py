from django.core.files.uploadedfile import SimpleUploadedFile

from applications.forms.widgets import UploadInput

FILE = SimpleUploadedFile("me.png", b"x")


def test_a_file_a_wish_to_drop_one_and_neither_are_told_apart():
    def sent(data, files):
        return UploadInput().value_from_datadict(data, files, "photo")

    assert sent({}, {"photo": FILE}) is FILE
    assert sent({"photo-drop": "on"}, {}) is False
    assert sent({"photo-drop": "on"}, {"photo": FILE}) is FILE
    assert sent({}, {}) is None
