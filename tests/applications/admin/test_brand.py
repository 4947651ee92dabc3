import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models import Brand
from tests.applications.uploads import samples

URL = reverse("admin:applications_brand_changelist")


def save(client, **values):
    return client.post(URL, {"name": "Acme", "colour": "#7c3aed", **values}, follow=True)


def logo(content=None, name="logo.png"):
    return SimpleUploadedFile(name, content or samples.picture("PNG", (640, 160)))


def test_before_the_first_brand_its_form_shows_what_holds_now(admin_client):
    response = admin_client.get(URL)
    assert response.status_code == 200
    assert 'value="#0b5d4e"' in response.text


def test_name_colour_and_logo_are_saved_and_changed_in_one_place(hr_client):
    save(hr_client, logo_file=logo())
    brand = Brand.objects.get()
    assert (str(brand), brand.colour) == ("Acme", "#7c3aed")
    assert (brand.logo_width, brand.logo_height, brand.has_wordmark) == (640, 160, True)
    save(hr_client, name="Acme & Co")
    brand = Brand.objects.get()
    assert str(brand) == "Acme & Co"
    assert brand.logo_url in hr_client.get(URL).text


def test_a_logo_can_be_taken_away(admin_client):
    save(admin_client, logo_file=logo())
    save(admin_client, **{"logo_file-clear": "on"})
    brand = Brand.objects.get()
    assert (bytes(brand.logo), brand.logo_url) == (b"", "")


def test_a_colour_that_nobody_could_read_is_adapted_and_said_so(admin_client):
    response = save(admin_client, colour="#FFD400")
    assert (
        "Text in #FFD400 could not be read on white: its contrast would be 1.3 to 1, and 4.5 is "
        "needed. On light pages, in letters and dossiers text is therefore #7e6700, the same hue, "
        "only darker."
    ) in [str(message) for message in response.context["messages"]]
    assert Brand.objects.get().colour == "#FFD400"


def test_a_colour_that_can_be_read_is_not_commented(admin_client):
    messages = [str(message) for message in save(admin_client).context["messages"]]
    assert len(messages) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"colour": "green"}, "Write the colour as # and six digits, such as #0b5d4e."),
        ({"colour": "#0b5d4e;}"}, "at most 7 characters"),
        ({"logo_file": logo(b"<svg/>", "logo.svg")}, "Save the logo as PNG and choose it again."),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(admin_client, wrong, sentence):
    assert sentence in save(admin_client, **wrong).text
    assert not Brand.objects.exists()


def test_nobody_deletes_it_and_there_is_never_a_second(admin_client):
    Brand.objects.create()
    for page in (reverse("admin:applications_brand_delete", args=(1,)), f"{URL}add/"):
        assert admin_client.get(page).status_code == 403
