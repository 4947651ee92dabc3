import pytest

from applications.models import Application, Letter
from applications.views.letters import TITLES
from tests.applications.views.pages import read, text
from tests.factories import make_application, make_letter

RECEIPT = {
    "kind": Letter.Kind.APPLICATION_RECEIVED,
    "subject": "We have it <now>",
    "text": "Dear Ada,\n\n<b>thank</b> you. https://jobs.example.com/x/\n",
}


@pytest.fixture
def application(post):
    post()
    return Application.objects.get()


@pytest.fixture
def receipt(application, now):
    """What HR got comes first, and is none of the applicant's."""
    make_letter(application, intent_at=now, sent_at=now)
    about, secret = "receipt", "250 queued as 4XyZ"
    return make_letter(
        application, about=about, intent_at=now, sent_at=now, reply=secret, **RECEIPT
    )


@pytest.fixture
def letter(client, application):
    return lambda number=1: client.get(f"{application.get_absolute_url()}letters/{number}/")


def test_a_letter_is_read_from_the_page_as_it_was_sent(client, application, receipt, letter):
    address = f"{application.get_absolute_url()}letters/1/"
    assert f'href="{address}"' in client.get(application.get_absolute_url()).text
    page = letter().text
    assert '<h1 dir="auto">We have it &lt;now&gt;</h1>' in page
    assert "Dear Ada,\n\n&lt;b&gt;thank&lt;/b&gt; you." in page
    assert 'href="https://jobs.example.com/x/"' in page
    assert "Taken by the mail server: <time" in " ".join(page.split())
    assert receipt.reply not in page


def test_a_letter_is_kept_nowhere_and_leaks_nowhere(receipt, letter):
    response = letter()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_hrs_letters_and_those_that_are_not_there_are_not_found(receipt, letter, number):
    assert letter(number).status_code == 404


def test_a_letter_of_another_is_not_found(client, receipt):
    another = make_application(job=receipt.application.job, consent=receipt.application.consent)
    assert client.get(f"{another.get_absolute_url()}letters/1/").status_code == 404


@pytest.mark.parametrize("changes", [{"subject": ""}, {"intent_at": None}])
def test_what_was_not_handed_over_or_not_kept_is_listed_without_a_link(
    client, application, letter, now, changes
):
    make_letter(application, **{"intent_at": now, **RECEIPT, **changes})
    page = client.get(application.get_absolute_url())
    assert "Receipt, with your dossier" in text(read(page)["timeline"])
    assert "letters/1/" not in page.text
    assert letter().status_code == 404


def test_every_kind_that_goes_to_applicants_has_a_title_and_no_other():
    assert set(TITLES) == {kind for kind in Letter.Kind if kind.is_to_applicant}
