"""The dossier with the pages of a CV behind its own."""

import pytest

from applications import dossier
from applications.models import Document
from tests.applications.dossier.reading import Reading
from tests.applications.dossier.strangers import Stranger, with_script


@pytest.fixture
def cv():
    return dossier.pages_of(Stranger(pages=2).bytes())


def test_the_pages_follow_and_can_be_found(application, cv):
    alone = Reading(dossier.render(application, photo=None))
    reading = Reading(dossier.render(application, photo=None, cv=cv))
    own = len(alone.pages)
    assert [page.strip() for page in reading.pages[own:]] == [
        "Page 1 of my life",
        "Page 2 of my life",
    ]
    assert "Its 2 pages follow." in reading.words
    bookmark = reading.reader.outline[-1]
    assert bookmark.title == "CV"
    assert reading.reader.get_destination_page_number(bookmark) == own


def test_it_stays_tagged_with_title_and_language_and_claims_no_more(application, cv):
    reading = Reading(dossier.render(application, photo=None, cv=cv))
    assert reading.root["/MarkInfo"]["/Marked"]
    assert reading.root["/Lang"] == "en"
    assert reading.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reading.reader.metadata.title.startswith("Application 7K3M-9QXA")
    assert len(reading.tags("/H1")) == 1
    assert "/Metadata" not in reading.root
    assert len(reading.links) == len(reading.tags("/Link"))


def test_the_same_pages_give_the_same_bytes_and_others_others(application, cv):
    first = dossier.render(application, photo=None, cv=cv)
    other = dossier.pages_of(Stranger(pages=3).bytes())
    assert dossier.render(application, photo=None, cv=cv) == first
    assert (
        Reading(first).reader.trailer["/ID"]
        != (Reading(dossier.render(application, photo=None, cv=other)).reader.trailer["/ID"])
    )


def test_of_a_hostile_file_nothing_but_its_pages_comes_along(application):
    content = dossier.render(application, photo=None, cv=dossier.pages_of(with_script()))
    assert b"alert" not in content
    assert "/OpenAction" not in Reading(content).root
    assert "Its page follows." in Reading(content).words


def test_pages_that_fit_nowhere_are_named(application):
    poster = dossier.pages_of(Stranger(size=(5000, 5000)).bytes())
    reading = Reading(dossier.render(application, photo=None, cv=poster))
    assert "Its pages could not be added here: open it by its name." in reading.words


def test_a_file_under_lock_is_named_and_leads_nowhere(application):
    application.documents.filter(kind=Document.Kind.RESUME).update(caution="infected")
    reading = Reading(dossier.render(application, photo=None))
    assert "Locked: the virus scanner found something in it." in reading.words
    assert len([link for link in reading.links if "/staff/" in link]) == 1
