"""A portrait of nobody."""

import io

from PIL import Image, ImageDraw, ImageFilter

_WIDTH, _HEIGHT = 900, 1125
# Drawn larger and scaled down, so that edges are smooth.
_SCALE = 2


def portrait() -> bytes:
    """A head-and-shoulders portrait in flat shapes, as JPEG."""
    image = _backdrop()
    _draw_person(ImageDraw.Draw(image))
    small = image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=90)
    return stream.getvalue()


def _backdrop() -> Image.Image:
    """Evening light: from a pale sky to a warm ground, with a soft sun."""
    ramp = Image.linear_gradient("L").resize((_WIDTH * _SCALE, _HEIGHT * _SCALE))
    sky = Image.new("RGB", ramp.size, "#dfe9e2")
    ground = Image.new("RGB", ramp.size, "#f0cfae")
    image = Image.composite(ground, sky, ramp)
    ImageDraw.Draw(image).ellipse(_box(640, 300, 190, 190), fill="#f8e3c4")
    return image.filter(ImageFilter.GaussianBlur(14 * _SCALE))


def _draw_person(draw: ImageDraw.ImageDraw) -> None:
    skin, shade, hair, jacket, lapel = "#d9a27f", "#c48a68", "#2b2a33", "#0b5d4e", "#084438"
    draw.ellipse(_box(450, 450, 218, 250), fill=hair)
    draw.rounded_rectangle(_box(450, 610, 214, 170), 120 * _SCALE, fill=hair)
    draw.ellipse(_box(450, 1190, 430, 370), fill=jacket)
    draw.polygon(_points((345, 845), (555, 845), (450, 1070)), fill="#f4f5f1")
    draw.rounded_rectangle(_box(450, 745, 80, 130), 70 * _SCALE, fill=shade)
    draw.ellipse(_box(450, 505, 164, 214), fill=skin)
    draw.ellipse(_box(396, 345, 146, 122), fill=hair)
    draw.ellipse(_box(586, 372, 66, 112), fill=hair)
    draw.polygon(_points((330, 825), (360, 815), (450, 1070), (432, 1125), (300, 940)), fill=lapel)
    draw.polygon(_points((570, 825), (540, 815), (450, 1070), (468, 1125), (600, 940)), fill=lapel)


def _box(x: float, y: float, across: float, down: float) -> tuple[float, float, float, float]:
    """Around a middle point, so far to each side."""
    corners = (x - across, y - down, x + across, y + down)
    left, top, right, bottom = (value * _SCALE for value in corners)
    return left, top, right, bottom


def _points(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]
