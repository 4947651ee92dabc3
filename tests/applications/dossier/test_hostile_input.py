"""Nothing is fetched, executed or broken, whatever stands in a field."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageFile

from applications import dossier
from applications.dossier import pdf
from applications.models import Document, Question
from tests.applications.dossier.conftest import ask
from tests.applications.dossier.reading import Reading

SECRET = "what-only-this-machine-knows"


@pytest.fixture
def server():
    """An HTTP server on this machine; its ``hits`` are the paths that were asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            """Says nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.hits = []
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
    thread.start()
    yield listening
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture
def hostile(server, tmp_path):
    """HTML that asks for an HTTP server, and for a file, in every way it can."""
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    return "".join(
        f'<img src="{url}"/><link rel="stylesheet" href="{url}"/><script src="{url}"></script>'
        f'<iframe src="{url}"></iframe><object data="{url}"></object><embed src="{url}"/>'
        f'<style>@import "{url}"; @font-face {{font-family: x; src: url("{url}")}}'
        f' p {{font-family: x; background: url("{url}")}}</style>'
        f'<svg><image href="{url}"/></svg><link rel="attachment" href="{url}"/>'
        for url in (f"http://127.0.0.1:{server.server_port}/hit", file.as_uri())
    )


def test_markup_in_a_field_is_shown_and_does_nothing(application, server, hostile):
    application.full_name = hostile[:200]
    application.phone = '"><img src=x>'
    application.cover_letter = hostile
    application.job.title = hostile[:120]
    ask(application, Question.Kind.LONG_TEXT, hostile[:200], hostile)
    application.documents.filter(kind=Document.Kind.RESUME).update(filename=hostile[:255])

    reading = Reading(dossier.render(application, photo=None))

    assert server.hits == []
    assert "<script src=" in reading.text
    assert SECRET not in reading.text
    assert reading.images == []
    assert reading.reader.attachments == {}


@pytest.mark.parametrize("rest", ["hit", "a\"b<c>'d%zz", "é?x=#y", "x" * 480])
def test_a_link_is_a_link_whatever_stands_in_it_and_is_not_followed(application, server, rest):
    address = f"http://127.0.0.1:{server.server_port}/{rest}"
    ask(application, Question.Kind.LINK, "Your work?", address)

    reading = Reading(dossier.render(application, photo=None))

    assert server.hits == []
    assert "Your work?" in reading.text


def test_even_live_markup_reaches_neither_the_network_nor_files(server, hostile):
    head = '<head><base href="file:///"/><title>Page</title></head>'
    page = f'<html lang="en">{head}<body>{hostile}<p>Read me</p></body></html>'

    reading = Reading(pdf.typeset(page, colour="#0b5d4e", identifier="1", variant=pdf.PDF_UA))

    assert server.hits == []
    assert "Read me" in reading.text
    assert SECRET not in reading.text
    assert reading.reader.attachments == {}


def test_addresses_cannot_smuggle_another_link(application):
    application.email = 'x@example.com"><a href="http://evil.example'
    application.phone = "javascript:alert(1)"

    links = Reading(dossier.render(application, photo=None)).links

    assert links[0].startswith("mailto:x@example.com%22%3E")
    assert not any(link.startswith(("http://evil", "javascript", "tel")) for link in links)


def test_control_characters_reach_neither_text_nor_metadata(application):
    application.full_name = "Ada\x01\x1b[31m \x85Love\x7flace\u202e"
    application.cover_letter = "One\x0b\x0ctwo\x00\x08 three\ufffe\ufeff"

    reading = Reading(dossier.render(application, photo=None))

    assert "Ada[31m Lovelace" in reading.pages[0]
    assert reading.reader.metadata.author == "Ada[31m Lovelace"
    ET.fromstring(reading.root["/Metadata"].get_data())


def test_a_letter_that_no_font_has_is_not_logged(application, caplog):
    application.full_name = "Ada \U0002f8ff\ue123"

    dossier.render(application, photo=None)

    assert caplog.text == ""


def test_truncated_photos_stay_refused_after_weasyprint_has_loaded():
    assert pdf.typeset is not None
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=words, letter=words, phone=words, title=words)
def test_no_text_at_all_stops_the_dossier(application, name, letter, phone, title):
    application.full_name = name
    application.cover_letter = letter
    application.phone = phone
    application.job.title = title

    reading = Reading(dossier.render(application, photo=None))

    assert reading.reader.metadata.title.startswith("Application 7K3M-9QXA")
    assert reading.pages
