import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from applications.dossier.photo import PRINTED_SIZE, SHOWN_SIZE, PhotoUnreadable, printed, shown
from tests.applications.dossier.pictures import BLUE, RED, jpeg, lying_jpeg, picture, saved


def opened(photo):
    return Image.open(BytesIO(printed(photo)))


def is_near(colour, other):
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


@pytest.mark.parametrize(
    ("size", "printed_size"),
    [
        ((600, 800), (398, 531)),
        ((30, 40), (398, 531)),
        ((3000, 3000), (449, 449)),
        ((1600, 900), (449, 449)),
        ((900, 1600), (354, 531)),
        ((1, 1), (449, 449)),
    ],
)
def test_photo_fills_its_place_at_300_dpi(size, printed_size):
    image = opened(jpeg(*size))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", printed_size)
    assert all(side <= most for side, most in zip(image.size, PRINTED_SIZE, strict=True))


@pytest.mark.parametrize("size", [(600, 800), (30, 40), (3000, 3000), (900, 1600), (1, 1)])
def test_for_a_page_it_is_small(size):
    photo = shown(jpeg(*size))
    image = Image.open(BytesIO(photo))

    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert all(side <= most for side, most in zip(image.size, SHOWN_SIZE, strict=True))
    assert len(photo) < 20_000


def test_what_cannot_be_read_is_not_shown():
    with pytest.raises(PhotoUnreadable):
        shown(b"GIF89a")


def test_photo_taken_sideways_stands_upright():
    image = opened(lying_jpeg())

    assert image.size == (398, 531)
    assert is_near(image.getpixel((200, 20)), RED)
    assert is_near(image.getpixel((200, 510)), BLUE)


def test_metadata_is_left_behind():
    assert not opened(lying_jpeg()).getexif()


@pytest.mark.parametrize(
    "photo",
    [
        jpeg(60, 80, "L"),
        jpeg(60, 80, "CMYK"),
        saved(picture(60, 80, "P"), "PNG"),
        saved(picture(60, 80, "1"), "PNG"),
        saved(picture(60, 80, "RGBA"), "PNG"),
        saved(picture(60, 80), "WEBP"),
        saved(picture(60, 80), "MPO", save_all=True, append_images=[picture(60, 80)]),
    ],
)
def test_every_kind_of_photo_that_is_taken_is_printed(photo):
    assert opened(photo).size == (398, 531)


def test_what_is_transparent_becomes_white():
    clear = saved(Image.new("RGBA", (60, 80), (0, 0, 0, 0)), "PNG")

    assert is_near(opened(clear).getpixel((200, 200)), (255, 255, 255))


def png_claiming(width, height):
    """A few bytes that say they are a huge picture."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(header) - 4) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk


@pytest.mark.parametrize("side", [5_001, 10_000, 60_000])
def test_decompression_bombs_are_refused_before_they_are_decoded(side):
    with pytest.raises(PhotoUnreadable):
        printed(png_claiming(side, side))


@pytest.mark.parametrize(
    "photo",
    [
        b"",
        b"not a photo",
        jpeg(600, 800)[:2000],
        saved(picture(60, 80), "GIF"),
        saved(picture(60, 80), "TIFF"),
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
)
def test_what_is_no_whole_photo_of_a_format_taken_is_unreadable(photo):
    with pytest.raises(PhotoUnreadable):
        printed(photo)
