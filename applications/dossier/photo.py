"""An uploaded photo, made ready for the sizes at which it is printed and shown."""

import struct
from io import BytesIO

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

_FORMATS = ("JPEG", "PNG", "WEBP")
# 38 x 45 mm, the room for it in dossier.css, at 300 dots per inch.
PRINTED_SIZE = (449, 531)
# Twice the pixels of its place on the applicant's page, for fine screens.
SHOWN_SIZE = (190, 224)

Size = tuple[int, int]
# Narrower than 2:3 or wider than square, a photo is cropped.
_RATIOS = (2 / 3, 1)
# A JPEG is decoded at a fraction of its size; the others take up to 16 bytes a pixel meanwhile.
_MAX_JPEG_PIXELS = 50_000_000
_MAX_PIXELS = 25_000_000
# Heads are above the middle of a portrait.
_CENTRE = (0.5, 0.4)

# What Pillow's readers raise on broken files.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class PhotoUnreadable(Exception):
    """The photo is broken, of a format that is not taken, or too large to be decoded safely."""


def printed(photo: bytes) -> bytes:
    """The photo as JPEG, upright, as large as PRINTED_SIZE allows. Raises PhotoUnreadable.

    Metadata (place, camera) is left behind.
    """
    return _made(photo, PRINTED_SIZE)


def shown(photo: bytes) -> bytes:
    """The same at SHOWN_SIZE, for a page. Raises PhotoUnreadable."""
    return _made(photo, SHOWN_SIZE)


def _made(photo: bytes, most: Size) -> bytes:
    try:
        with Image.open(BytesIO(photo), formats=_FORMATS) as image:
            return _as_jpeg(_cropped(_upright(_bounded(image, most)), most))
    except _BROKEN as error:
        raise PhotoUnreadable from error


def _bounded(image: Image.Image, wanted: Size) -> Image.Image:
    """The image, decoded no larger than needed; refused before that if it is too large.

    A JPEG is decoded at the smallest fraction that leaves enough of both sides. Longer sides are
    scaled first: the rest then needs little memory.
    """
    most = _MAX_JPEG_PIXELS if isinstance(image, JpegImageFile) else _MAX_PIXELS
    if image.width * image.height > most:
        raise PhotoUnreadable
    needed, enough = max(wanted), 2 * wanted[1]
    image.draft(None, (needed, needed))
    image.thumbnail((enough, enough), Image.Resampling.BOX, reducing_gap=1.0)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF orientation asks, on white where it is transparent."""
    turned = ImageOps.exif_transpose(image)
    if not turned.has_transparency_data:
        return turned.convert("RGB")
    white = Image.new("RGBA", turned.size, "white")
    return Image.alpha_composite(white, turned.convert("RGBA")).convert("RGB")


def _cropped(image: Image.Image, most: Size) -> Image.Image:
    """As much of it as has one of the ratios taken, as large as its place."""
    narrowest, widest = _RATIOS
    ratio = min(max(image.width / image.height, narrowest), widest)
    width, height = most
    size = (
        (width, round(width / ratio)) if width / ratio < height else (round(height * ratio), height)
    )
    return ImageOps.fit(image, size, Image.Resampling.BICUBIC, centering=_CENTRE)


def _as_jpeg(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "JPEG", quality=88, optimize=True)
    return target.getvalue()
