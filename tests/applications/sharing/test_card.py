from io import BytesIO

import pytest
from PIL import Image

from applications.models import Job
from applications.sharing import card
from applications.sharing.fonts import font_for

pytestmark = pytest.mark.django_db


def picture(**values):
    job = Job(**{"title": "Cook", "department": "Kitchen", "place": "Lisbon", **values})
    return Image.open(BytesIO(card.of_job(job)))


def inked(image):
    """The part of the title's region that is not paper, from its left edge, in pixels."""
    region = image.convert("L").crop((0, 150, card.WIDTH, card.HEIGHT - 150))
    return region.point(lambda value: 255 * (value < 128)).getbbox()


@pytest.mark.parametrize(
    "title",
    [
        "Cook",
        "Senior Engineer for the Reservation of Time Slots in Museums, Libraries and on Ferries",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "W" * 120,
        "Αρχιτέκτονας λογισμικού",
        "مهندس برمجيات",
        "後端工程師",
    ],
)
def test_any_title_stays_within_the_margins(title):
    image = picture(title=title)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    left, _top, right, _bottom = inked(image)
    assert left >= 80
    assert right <= 1200 - 80


def test_a_card_is_small_enough_for_every_network():
    job = Job(title="W" * 120, department="Kitchen", place="Lisbon")
    assert len(card.of_job(job)) < 60_000


def test_a_script_without_a_font_leaves_the_title_out():
    assert font_for("Cook \U00013000", 40) is None
    assert inked(picture(title="\U00013000")) is None


def test_the_list_has_a_card_too():
    assert Image.open(BytesIO(card.of_list())).size == (1200, 630)
