"""Pictures made for the tests: the upper half is red, the lower half blue."""

from io import BytesIO

from PIL import Image

RED, BLUE = (200, 0, 0), (0, 0, 200)
_EXIF_ORIENTATION = 0x0112


def picture(width, height, mode="RGB"):
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image.convert(mode)


def jpeg(width, height, mode="RGB", **options):
    return saved(picture(width, height, mode), "JPEG", **options)


def saved(image, file_format, **options):
    target = BytesIO()
    image.save(target, file_format, **options)
    return target.getvalue()


def lying_jpeg():
    """A portrait of 300 x 400 as a camera held sideways writes it: turned, with a note of it."""
    exif = Image.Exif()
    exif[_EXIF_ORIENTATION] = 6
    exif[0x010F] = "A camera's maker"
    return saved(picture(300, 400).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
