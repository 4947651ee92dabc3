import pytest
from pypdf.generic import ArrayObject, TextStringObject

from applications.dossier.activity import is_active
from tests.applications.dossier.strangers import Stranger, dictionary, name, read, script, stream


def action(kind, **values):
    return dictionary(S=name(kind), **values)


def uri(address):
    return action("URI", URI=TextStringObject(address))


def active(stranger):
    return is_active(read(stranger.bytes()))


def test_a_plain_file_does_nothing():
    assert not active(Stranger(pages=3))


@pytest.mark.parametrize(
    "found",
    [
        script(),
        action("Launch", F=TextStringObject("calc.exe")),
        action("GoToR", F=TextStringObject("\\\\evil.example\\share")),
        action("SubmitForm", F=TextStringObject("https://evil.example")),
        action("GoTo", Next=ArrayObject([script()])),
        uri("file:///etc/passwd"),
        uri("\\\\evil.example\\share"),
        uri("javascript:app.alert(1)"),
        uri(" FILE:secret"),
    ],
)
def test_what_runs_opens_or_sends_is_found_wherever_it_is(found):
    on_opening, on_a_link, on_a_page = Stranger(), Stranger(), Stranger()
    on_opening.root[name("OpenAction")] = found
    on_a_link.note(Subtype=name("Link"), A=found)
    on_a_page.page[name("AA")] = dictionary(O=found)
    assert [active(each) for each in (on_opening, on_a_link, on_a_page)] == [True] * 3


@pytest.mark.parametrize(
    "address", ["https://ada.example.org/cv", "mailto:ada@example.org", "tel:+441", "www.x.example"]
)
def test_a_link_to_the_web_is_harmless(address):
    stranger = Stranger()
    stranger.note(Subtype=name("Link"), A=uri(address))
    assert not active(stranger)


def test_a_form_that_is_a_program_is_found():
    stranger = Stranger()
    stranger.root[name("AcroForm")] = dictionary(XFA=stranger.add(stream(b"<xdp/>")))
    assert active(stranger)


def test_circles_have_an_end():
    stranger = Stranger()
    here = stranger.add(dictionary())
    here.get_object()[name("Next")] = here
    stranger.root[name("Loop")] = here
    assert not active(stranger)
