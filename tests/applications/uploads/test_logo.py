import io

import pytest
from PIL import Image

from applications.uploads import Refused
from applications.uploads.logo import MAX_BYTES, prepared
from tests.applications.uploads import samples

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def drawn(size, box, colour="teal"):
    """A transparent picture with a rectangle in it."""
    picture = Image.new("RGBA", size)
    picture.paste(colour, box)
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(300, 300))
    return file.getvalue()


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_a_logo_becomes_a_png_of_the_size_kept(format_):
    logo = prepared(samples.picture(format_, (3000, 1000)))
    assert (logo.width, logo.height) == (480, 160)
    with Image.open(io.BytesIO(logo.content)) as image:
        assert (image.format, image.size) == ("PNG", (480, 160))


def test_its_empty_border_is_cut_off_and_nothing_else_is_kept():
    logo = prepared(drawn((400, 400), (100, 100, 300, 200)))
    assert (logo.width, logo.height) == (200, 100)
    with Image.open(io.BytesIO(logo.content)) as image:
        assert not image.info


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SVG, "This is no picture that we can read"),
        (samples.pdf(), "This is no picture that we can read"),
        (drawn((400, 400), (0, 0, 400, 400))[:-60], "This is no picture that we can read"),
        (samples.png_that_claims(9000, 9000), "too many pixels"),
        (drawn((90, 90), (0, 0, 0, 0)), "This picture is empty"),
        (samples.picture("PNG", (400, 20)), "less than 40 pixels high"),
        (bytes(MAX_BYTES + 1), "more than 2 MB"),
    ],
    ids=["svg", "pdf", "cut off", "bomb", "empty", "low", "large"],
)
def test_what_is_no_logo_is_refused_with_a_reason(content, sentence):
    with pytest.raises(Refused, match=sentence):
        prepared(content)
