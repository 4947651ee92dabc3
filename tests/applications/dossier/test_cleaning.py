"""What is left of a stranger's PDF, and what is not."""

import pytest
from pypdf.generic import TextStringObject

from applications.dossier import PagesUnreadable, cleaning
from applications.dossier.cleaning import cleaned
from tests.applications.dossier.strangers import (
    Stranger,
    dictionary,
    name,
    numbers,
    read,
    script,
    stream,
    with_file,
    with_script,
)
from tests.applications.uploads import samples


def words(content):
    return [page.extract_text().strip() for page in read(content).pages]


def test_pages_keep_their_text_size_and_turn():
    stranger = Stranger(pages=2)
    stranger.page.rotate(90)
    pages = cleaned(stranger.bytes())
    assert (pages.count, pages.was_active) == (2, False)
    assert words(pages.content) == ["Page 1 of my life", "Page 2 of my life"]
    first, second = read(pages.content).pages
    assert (first.rotation, second.rotation) == (90, 0)
    assert tuple(map(float, first.mediabox)) == (0, 0, 595, 842)


def test_the_same_file_gives_the_same_bytes():
    content = with_file()
    assert cleaned(content) == cleaned(content)


@pytest.mark.parametrize("content", [with_script(), with_file()])
def test_scripts_and_files_go_and_are_told(content):
    pages = cleaned(content)
    assert pages.was_active
    assert words(pages.content) == ["Page 1 of my life"]
    assert b"alert" not in pages.content
    assert b"SECRET" not in pages.content
    assert set(read(pages.content).trailer["/Root"]) == {"/Type", "/Pages"}


def test_of_a_page_only_what_is_drawn_is_kept():
    stranger = Stranger()
    file = stranger.add(stream(b"MZ-SECRET", Type=name("EmbeddedFile")))
    specification = stranger.add(dictionary(Type=name("Filespec"), EF=dictionary(F=file)))
    stranger.page[name("AA")] = dictionary(O=script())
    stranger.page[name("AF")] = specification
    stranger.page[name("PieceInfo")] = dictionary(X=dictionary(Private=specification))
    stranger.page["/Contents"].get_object()[name("F")] = specification
    stranger.page["/Resources"][name("AF")] = specification
    pages = cleaned(stranger.bytes())
    (page,) = read(pages.content).pages
    assert set(page) == {"/Type", "/Parent", "/Resources", "/MediaBox", "/Contents"}
    assert set(page["/Resources"]) == {"/Font"}
    assert b"SECRET" not in pages.content


def test_links_are_left_behind_and_alarm_nobody():
    stranger = Stranger()
    link = dictionary(S=name("URI"), URI=TextStringObject("https://ada.example.org"))
    stranger.note(Subtype=name("Link"), A=link)
    pages = cleaned(stranger.bytes())
    assert not pages.was_active
    assert b"ada.example.org" not in pages.content


def test_a_stamp_becomes_part_of_the_page():
    stranger = Stranger()
    look = stranger.add(
        stream(
            b"BT /F 12 Tf 5 5 Td (Certified) Tj ET",
            Type=name("XObject"),
            Subtype=name("Form"),
            BBox=numbers(0, 0, 100, 20),
            Resources=stranger.page["/Resources"],
        )
    )
    stranger.note(Subtype=name("Stamp"), AP=dictionary(N=look))
    stranger.note(Subtype=name("Widget"), AP=dictionary(N=dictionary(On=look)), AS=name("Off"))
    (page,) = read(cleaned(stranger.bytes()).content).pages
    assert page.extract_text().split() == ["Page", "1", "of", "my", "life", "Certified"]
    assert (
        page.get_contents()
        .get_data()
        .endswith(b"Q\nq 2.00000 0 0 2.00000 72.00000 100.00000 cm /Stamp1-0 Do Q\n")
    )
    assert "/Annots" not in page


def test_a_field_that_was_filled_in_and_never_drawn_cannot_be_joined():
    stranger = Stranger()
    stranger.note(Subtype=name("Widget"), V=TextStringObject("An answer"))
    assert cleaned(stranger.bytes()).count == 0


@pytest.mark.parametrize(
    "stranger", [Stranger(pages=51), Stranger(size=(595, 20_000)), Stranger(size=(10, 10))]
)
def test_what_fits_nowhere_is_looked_at_all_the_same(stranger):
    stranger.root[name("OpenAction")] = script()
    pages = cleaned(stranger.bytes())
    assert (pages.content, pages.count, pages.was_active) == (b"", 0, True)


def test_pages_that_would_make_a_letter_too_large_are_not_joined(monkeypatch):
    monkeypatch.setattr(cleaning, "MAX_BYTES", 100)
    assert cleaned(Stranger().bytes()).content == b""


def test_what_was_cropped_away_does_not_come_back():
    stranger = Stranger()
    stranger.page[name("CropBox")] = numbers(100, 100, 400, 700)
    (page,) = read(cleaned(stranger.bytes()).content).pages
    assert tuple(map(float, page.mediabox)) == (100, 100, 400, 700)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\n1 0 obj << /Pages 1 0 R >>\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF",
        Stranger().bytes()[:300],
        samples.pdf(password="secret"),
    ],
)
def test_what_nobody_can_read_is_said_to_be_so(content):
    with pytest.raises(PagesUnreadable):
        cleaned(content)


def test_a_file_of_very_many_parts_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(cleaning, "_MAX_OBJECTS", 3)
    with pytest.raises(PagesUnreadable):
        cleaned(Stranger().bytes())
