import time

import pytest

from applications.uploads import Refused
from applications.uploads.pictures import inspect_jpeg, inspect_png, inspect_webp
from tests.applications.uploads import samples

DAMAGED = "This picture is damaged"
TOO_MANY = "more than 50 million pixels"


def test_a_picture_of_fifty_million_pixels_is_taken():
    inspect_png(samples.png_that_claims(10_000, 5_000))


@pytest.mark.parametrize("size", [(10_000, 5_001), (10_000, 9_500), (65_000, 65_000)])
def test_a_picture_with_more_pixels_is_refused_undecoded(size):
    started = time.process_time()
    with pytest.raises(Refused, match=TOO_MANY):
        inspect_png(samples.png_that_claims(*size))
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("inspect", "format_"), [(inspect_jpeg, "JPEG"), (inspect_png, "PNG"), (inspect_webp, "WEBP")]
)
def test_a_picture_that_is_cut_off_is_refused(inspect, format_):
    content = samples.picture(format_, size=(400, 300))
    inspect(content)
    with pytest.raises(Refused, match=DAMAGED):
        inspect(content[: len(content) * 2 // 3])


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\xff\xd8\xff\xd9", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_without_a_header_is_refused(content):
    with pytest.raises(Refused, match=DAMAGED):
        inspect_jpeg(content)


def test_a_picture_with_a_million_segments_is_refused_unread():
    started = time.process_time()
    with pytest.raises(Refused, match=DAMAGED):
        inspect_jpeg(b"\xff\xd8" + b"\xff\xe1\x00\x02" * 1_000_000)
    assert time.process_time() - started < 0.1


def test_filling_between_segments_is_passed_over():
    content = samples.picture("JPEG")
    inspect_jpeg(content[:2] + b"\xff" * 3 + content[2:])


def test_the_end_of_a_thumbnail_is_not_taken_for_the_end_of_the_picture():
    content = samples.picture("JPEG", size=(400, 300))
    thumbnail = b"\xff\xe1\x00\x08Exif\xff\xd9"
    with pytest.raises(Refused, match=DAMAGED):
        inspect_jpeg(content[:2] + thumbnail + content[2:-2])
