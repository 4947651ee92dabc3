import re
from datetime import UTC, datetime

import pytest
from django.utils.html import urlize

from applications.letters import Enclosure
from applications.letters.compose import application_received, new_application
from applications.letters.enclosures import MAX_ENCODED_SIZE
from applications.models import Answer, Question
from applications.staff_links import application_url, document_url
from tests.applications.letters.arrival import Page, arrived, bodies, on_the_wire
from tests.factories import make_brand

both_letters = pytest.mark.parametrize("compose", [new_application, application_received])

NAMES = [
    "Ada Lovelace",
    "أمل عبد الرحمن الحدّاد",
    "李小龍",
    "👩🏽‍💻 Grace",
    'Ada "Countess" Lovelace, Jr.',
    "Wolfeschlegelsteinhausenbergerdorff " * 5,
    "x" * 200,
    "Ada\r\nBcc: victim@example.com\r\n\r\nA body of my own",
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% debug %}",
]


def attached(letter) -> dict[str, bytes]:
    return {
        part.get_filename(): part.get_payload(decode=True)
        for part in arrived(letter).iter_attachments()
    }


# --- Headers and frame ----------------------------------------------------------------------


def test_hr_letter_goes_to_hr_and_its_answer_to_the_applicant(application, dossier):
    application.job.hr_email = "ann@example.com, bob@example.com"
    message = arrived(new_application(application, [dossier]))
    assert message["To"] == "ann@example.com, bob@example.com"
    assert message["From"] == "Example Jobs <jobs@example.com>"
    assert message["Reply-To"] == "Ada Lovelace <ada@example.org>"
    assert message["Subject"] == "New application: Ada Lovelace, Backend Engineer (7K3M-9QXA)"


def test_receipt_goes_to_the_applicant_without_their_words_in_any_header(application, dossier):
    application.full_name = "Buy pills at evil.example"
    message = arrived(application_received(application, [dossier]))
    assert message["To"] == "ada@example.org"
    assert message["Reply-To"] is None
    assert message["Subject"] == "We have your application: Backend Engineer (7K3M-9QXA)"


@both_letters
def test_letter_says_that_a_machine_wrote_it(compose, application):
    message = arrived(compose(application, []))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"


@both_letters
@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_name_the_letter_has_its_own_headers_only(compose, name, application):
    application.full_name = name
    message = arrived(compose(application, []))
    assert set(message.keys()) - {"Reply-To"} == {
        "Content-Type", "MIME-Version", "Subject", "From", "To",
        "Message-ID", "Date", "Auto-Submitted", "X-Auto-Response-Suppress",
    }  # fmt: skip
    assert "\n" not in message["Subject"]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip


@both_letters
@pytest.mark.parametrize(
    "cover_letter",
    ["x" * 10_000, "語" * 10_000, ".\n..\nFrom me\n" * 9, "word " * 4_000],
    ids=["no space", "ideographs", "dots", "one megabyte"],
)
def test_letter_travels_in_seven_bits_and_in_lines_of_a_legal_length(
    compose, cover_letter, application, dossier
):
    application.cover_letter = cover_letter
    wire = on_the_wire(compose(application, [dossier]))
    assert wire.isascii()
    assert wire.count(b"\n") == wire.count(b"\r") == wire.count(b"\r\n")
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998


@both_letters
def test_same_letter_composed_on_another_day_is_the_same_to_the_byte(
    compose, application, dossier, time_machine
):
    time_machine.move_to(datetime(2026, 3, 2, tzinfo=UTC))
    first = on_the_wire(compose(application, [dossier]))
    time_machine.move_to(datetime(2026, 3, 5, tzinfo=UTC))
    assert on_the_wire(compose(application, [dossier])) == first


def test_message_id_stands_on_the_line_of_its_name(application):
    letter = new_application(application, [])
    message_id = letter.extra_headers["Message-ID"].encode()
    assert b"\r\nMessage-ID: " + message_id + b"\r\n" in on_the_wire(letter)


def test_two_letters_of_one_application_are_told_apart(application):
    ids = {arrived(compose(application, []))["Message-ID"] for compose in both_letters.args[1]}
    assert len(ids) == 2


@both_letters
def test_letter_costs_the_same_queries_however_much_was_sent(
    compose, application, django_assert_max_num_queries
):
    Answer.objects.bulk_create(
        Answer(application=application, position=n, label="Why?", value="So.") for n in range(30)
    )
    application.refresh_from_db()
    with django_assert_max_num_queries(4):  # the brand, the job, the documents, the answers
        compose(application, [])


# --- Enclosures -----------------------------------------------------------------------------


@both_letters
def test_enclosures_arrive_to_the_byte(compose, application, dossier, cv):
    assert attached(compose(application, [dossier, cv])) == {
        dossier.filename: dossier.content,
        cv.filename: cv.content,
    }


def test_cv_that_does_not_fit_is_named_and_linked_instead(application, dossier):
    large = Enclosure("cv.pdf", "application/pdf", bytes(MAX_ENCODED_SIZE * 3 // 4))
    letter = new_application(application, [dossier, large])
    assert set(attached(letter)) == {dossier.filename}
    for body in bodies(letter):
        assert "Too large to enclose:" in body
        for document in application.documents.all():
            assert document_url(document) in body


def test_letter_with_the_largest_enclosure_is_taken_by_a_postfix_as_it_comes(application):
    largest = Enclosure("cv.pdf", "application/pdf", bytes(6_576_921))
    application.cover_letter = "word " * 4_000
    letter = new_application(application, [largest])
    assert set(attached(letter)) == {"cv.pdf"}
    assert len(on_the_wire(letter)) < 10_240_000


def test_receipt_says_so_when_the_dossier_does_not_fit(application):
    large = Enclosure("7K3M-9QXA.pdf", "application/pdf", bytes(MAX_ENCODED_SIZE))
    letter = application_received(application, [large])
    assert attached(letter) == {}
    for body in bodies(letter):
        assert "too large for an e-mail" in body
        assert "is enclosed" not in body


# --- Contents -------------------------------------------------------------------------------


def test_receipt_says_what_has_arrived_in_our_words(application, dossier):
    application.full_name = "Ada Lovelace"
    plain, html = bodies(application_received(application, [dossier]))
    for body in (plain, Page(html).text):
        copy = body.replace("\u2060", "").replace("\xa0", " ")
        for said in (
            "7K3M-9QXA",
            "Ada Lovelace",
            "Backend Engineer, Engineering, Lisbon",
            "27 February 2026, 09:12 UTC",
            f"text version {application.consent_id}",
            "PDF, 3 bytes",
        ):
            assert said in copy


def test_receipt_repeats_nothing_that_anybody_could_have_written_to_a_stranger(application):
    application.phone = "+44 20 7946 0018"
    message = application_received(application, [])
    for body in bodies(message):
        for written in (
            *("+44 20", "I would like to work", "What would you build?", "A queue.", "cv.pdf"),
        ):
            assert written not in body


def test_hr_letter_holds_all_that_was_written(application, dossier):
    for body in bodies(new_application(application, [dossier])):
        for sent in ("Ada Lovelace", "ada@example.org", "+44 20 7946 0018", "Then a page."):
            assert sent in body


def test_hr_letter_links_to_the_back_office_and_nowhere_else(application, dossier):
    application.cover_letter = '<a href="http://evil.example">x</a> http://evil.example'
    plain, html = bodies(new_application(application, [dossier]))
    expected = {application_url(application)}
    expected |= {document_url(document) for document in application.documents.all()}
    assert set(Page(html).links) == expected
    assert expected <= set(plain.splitlines())


def test_receipt_links_to_the_applicants_page_and_nowhere_else(application, dossier):
    lure = "https://evil.example/login www.evil.com evil.com"
    application.full_name = application.cover_letter = application.phone = lure
    application.answers.update(value=lure)
    application.documents.update(filename="evil.com")
    plain, html = bodies(application_received(application, [dossier]))
    assert Page(html).links == [application.page_url]
    assert Page(urlize(plain)).links == [application.page_url]
    assert Page(urlize(Page(html).text)).links == []


@both_letters
def test_markup_is_shown_and_not_obeyed(compose, application):
    markup = '<img src="/x.png"><script>x()</script><b>{{job}}</b>'
    application.full_name = application.cover_letter = markup
    application.answers.update(value=markup)
    plain, html = bodies(compose(application, []))
    assert {"img", "script", "b"}.isdisjoint(Page(html).elements)
    assert "<b>{{job}}</b>" in Page(html).text
    assert "<b>{{job}}</b>" in plain


def test_without_cover_letter_and_questions_their_headings_are_missing_too(application):
    application.cover_letter = ""
    application.answers.all().delete()
    for body in bodies(new_application(application, [])):
        assert "Cover letter" not in body
        assert "Questions and answers" not in body


@both_letters
def test_html_fetches_nothing_and_carries_its_style_on_its_elements(compose, application):
    _plain, html = bodies(compose(application, []))
    assert re.findall(r"\bsrc=|url\(|@import|<link|var\(", html) == []
    assert all("font-family" in (cell["style"] or "") for cell in Page(html).cells)
    (sheet,) = re.findall(r"<style.*?</style>", html, re.DOTALL)
    assert "@media (prefers-color-scheme: dark)" in sheet


@both_letters
def test_personal_text_has_its_own_direction(compose, application):
    application.full_name = "أمل"
    _plain, html = bodies(compose(application, []))
    assert "<bdi>أمل</bdi>" in html


def test_a_quotation_has_its_own_direction(application):
    _plain, html = bodies(new_application(application, []))
    assert re.search(r'<td class="quoted"[^>]* dir="auto"', html)


@both_letters
def test_plain_text_keeps_to_72_columns_except_for_links(compose, application):
    application.cover_letter = "A sentence that somebody wrote without ever pressing Enter. " * 20
    plain, _html = bodies(compose(application, []))
    too_long = [line for line in plain.splitlines() if len(line) > 72]
    assert all(line.startswith("http://jobs.example.com/") for line in too_long)


def test_question_of_another_kind_is_not_read_as_yes_or_no(application):
    application.answers.update(kind=Question.Kind.SHORT_TEXT, value="yes")
    plain, _html = bodies(new_application(application, []))
    assert "Yes" not in plain


# --- The company's brand --------------------------------------------------------------------


@both_letters
def test_a_letter_wears_the_companys_colour_and_logo(compose, application, dossier):
    brand = make_brand()
    message = arrived(compose(application, [dossier]))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related",
        "text/html", "image/png", "application/pdf",
    ]  # fmt: skip
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<logo>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_payload(decode=True) == bytes(brand.logo)
    _text, html = bodies(compose(application, []))
    assert 'src="cid:logo"' in html
    assert brand.palette.light.plain in html
    assert "#0b5d4e" not in html
    assert on_the_wire(compose(application, [])) == on_the_wire(compose(application, []))
