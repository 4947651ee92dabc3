"""A company's logo, made ready for pages, letters and dossiers.

Pictures made of dots only: an SVG can carry scripts and addresses to fetch, and mail programs do
not show one. What is kept is drawn anew, so nothing of the file itself is ever sent to anybody.
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from applications.uploads.refusal import Refused

MAX_BYTES = 2 * 1024 * 1024
_FORMATS = ("PNG", "JPEG", "WEBP")
_MAX_PIXELS = 16_000_000
# It is shown at most 40 pixels high and 200 wide; four dots for each keep it crisp in print.
_BOX = (800, 160)
_LOWEST = 40

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True)
class Logo:
    """``content`` is a PNG; sizes are in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def prepared(content: bytes) -> Logo:
    """The logo without its empty border, in the size kept. Raises Refused."""
    if len(content) > MAX_BYTES:
        raise Refused(_("This logo has more than 2 MB. Save it smaller and choose it again."))
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            return _as_png(_trimmed(_decoded(image)))
    except _BROKEN:
        raise Refused(
            _("This is no picture that we can read. Save the logo as PNG and choose it again.")
        ) from None


def _decoded(image: Image.Image) -> Image.Image:
    if image.width * image.height > _MAX_PIXELS:
        raise Refused(_("This logo has too many pixels. 800 by 160 are enough."))
    return ImageOps.exif_transpose(image).convert("RGBA")


def _trimmed(image: Image.Image) -> Image.Image:
    """Without what is fully transparent around it, so that it lines up with the text beside it."""
    box = image.getchannel("A").getbbox()
    if box is None:
        raise Refused(_("This picture is empty. Choose another one."))
    return image.crop(box)


def _as_png(image: Image.Image) -> Logo:
    image.thumbnail(_BOX, Image.Resampling.LANCZOS)
    if image.height < _LOWEST:
        raise Refused(
            _("This logo is less than 40 pixels high. Save it larger and choose it again.")
        )
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return Logo(target.getvalue(), image.width, image.height)
