"""What PDF/UA-1 (ISO 14289-1) asks for and a program can see."""

from xml.etree import ElementTree as ET

import pytest
from django.db import transaction

from applications import dossier
from tests.applications.dossier.conftest import full_application
from tests.applications.dossier.pictures import jpeg
from tests.applications.dossier.reading import Reading


@pytest.fixture(scope="module")
def reading(django_db_setup, django_db_blocker):
    """Of one dossier for all tests here: they only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        content = dossier.render(full_application(), photo=jpeg(600, 800))
        transaction.set_rollback(True)
    return Reading(content)


def test_it_is_tagged_and_has_language_and_title(reading):
    assert reading.root["/MarkInfo"]["/Marked"]
    assert reading.root["/Lang"] == "en"
    assert reading.root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_which_standard_it_follows(reading):
    packet = ET.fromstring(reading.root["/Metadata"].get_data())
    parts = [
        element.get("{http://www.aiim.org/pdfua/ns/id/}part")
        for element in packet.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    ]

    assert "1" in parts


def test_metadata_tells_what_it_is_and_when_it_was_sent(reading, settings):
    metadata = reading.reader.metadata

    assert metadata.title == "Application 7K3M-9QXA: Amina Okafor, Backend engineer"
    assert metadata.author == "Amina Okafor"
    assert metadata.subject == f"Application for Backend engineer at {settings.SITE_NAME}"
    assert metadata.creator == settings.SITE_NAME
    assert metadata.creation_date.isoformat() == "2026-03-14T15:05:00+00:00"


def test_headings_go_down_one_level_at_a_time(reading):
    headings = [reading.tags(f"/{level}") for level in ("H1", "H2", "H3")]

    assert [len(found) for found in headings] == [1, 3, 4]


def test_the_photo_has_a_description(reading):
    (figure,) = reading.tags("/Figure")

    assert figure["/Alt"] == "Photo of Amina Okafor"


def test_facts_and_files_are_tables_with_headers(reading):
    assert len(reading.tags("/Table")) == 2
    for cell in reading.tags("/TD"):
        assert cell["/A"]["/Headers"]


def test_every_link_is_described_and_part_of_the_text(reading):
    links = reading.tags("/Link")

    assert len(links) == len(reading.annotations) == 4
    for note in reading.annotations:
        assert note["/Contents"] == note["/A"]["/URI"]
        assert "/StructParent" in note


def test_fonts_are_embedded_and_only_the_letters_used(reading):
    for font in reading.fonts:
        assert "/FontFile2" in font or "/FontFile3" in font
        prefix, plus, _name = font["/FontName"][1:].partition("+")
        assert (len(prefix), plus) == (6, "+")
    assert {font["/FontName"].partition("+")[2] for font in reading.fonts} == {
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Serif",
    }


def test_nothing_in_it_is_executed(reading):
    assert "/OpenAction" not in reading.root
    assert "/AA" not in reading.root
    assert "/JavaScript" not in reading.root.get("/Names", {})
    assert reading.reader.attachments == {}
