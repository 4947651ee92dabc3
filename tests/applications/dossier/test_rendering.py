import pytest

from applications import dossier
from applications.dossier import rendering
from applications.models import Document, Question
from tests.applications.dossier.conftest import ask
from tests.applications.dossier.pictures import jpeg
from tests.applications.dossier.reading import Reading
from tests.factories import make_application, make_brand


def read(application, photo=None):
    return Reading(dossier.render(application, photo=photo))


def test_first_page_names_company_applicant_position_and_reference(application, settings):
    settings.SITE_NAME = "Northwind Studio"

    first = read(application).pages[0]

    for words in (
        "Northwind Studio",
        "Amina Okafor",
        "applies for Backend engineer",
        "Application 7K3M-9QXA",
    ):
        assert words in first


def test_letter_questions_and_files_are_told(application):
    told = read(application).words

    for words in (
        "Dear hiring team,",
        "None was lost.",
        "With kind regards Amina Okafor",
        "May you work in the EU? Yes",
        "A certificate. Then an alarm.",
        "Have you applied before? Not answered.",
        "CV CV Amina Okafor.pdf PDF 470.8 KB",
    ):
        assert words in told


def test_an_application_of_nothing_but_a_name_is_one_quiet_page(db):
    reading = read(make_application(phone="", cover_letter=""))

    assert len(reading.pages) == 1
    assert "No cover letter was sent." in reading.text
    assert "No files were sent." in reading.text
    assert "Questions" not in reading.text


def test_pages_are_numbered_and_say_whose_they_are(application):
    application.cover_letter = "One more paragraph.\n\n" * 60

    pages = read(application).pages

    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        assert page.rstrip().endswith(f"{number} / 4")
    for page in pages[1:]:
        assert "Amina Okafor" in page
        assert "Application 7K3M-9QXA" in page


def test_links_write_call_and_open_files(application):
    files = {document.kind: document.pk for document in application.documents.all()}
    opening = "http://jobs.example.com/staff/applications/document/{}/open/"

    assert read(application).links == [
        "mailto:amina.okafor@example.com",
        "tel:+49405550177",
        opening.format(files[Document.Kind.RESUME]),
        opening.format(files[Document.Kind.PHOTO]),
    ]


def test_photo_is_printed_at_300_dpi(application, photo):
    (image,) = read(application, photo).images

    assert image.image.size == (398, 531)


def test_a_photo_that_cannot_be_read_is_left_out_and_mentioned(application):
    reading = read(application, jpeg(600, 800)[:3000])

    assert reading.images == []
    assert "It could not be shown here" in reading.text
    assert "Amina Okafor" in reading.text


def test_without_a_photo_nothing_is_said_of_it(application):
    assert "could not be shown" not in read(application).text


@pytest.mark.parametrize(
    "name",
    [
        "أمينة عبد الرحمن الخوارزمي",
        "דוד כהן",
        "山田 太郎",
        "김민준",
        "王小明",
        "Zoë 🌻 Lindqvist",
        "Đặng Thị Mỹ Lệ",
        "Στέφανος Παπαδόπουλος",
        "Наталья Щёлокова",
    ],
)
def test_names_of_any_script_are_set_and_can_be_copied(application, name):
    application.full_name = name

    reading = read(application)

    assert name in reading.pages[0]
    assert reading.reader.metadata.author == name


def test_a_letter_in_two_scripts_keeps_its_words(application):
    application.cover_letter = "عملت مع Python\n\nI speak English and العربية too."

    told = read(application).words

    for words in ("عملت مع", "Python", "I speak English and العربية too."):
        assert words in told


def test_ten_thousand_characters_without_a_space_stay_on_the_page(application):
    application.cover_letter = "x" * 10_000

    reading = read(application)

    lines = [line for page in reading.pages for line in page.splitlines() if set(line) == {"x"}]
    assert sum(map(len, lines)) == 10_000
    assert max(map(len, lines)) <= 70


def test_a_name_of_two_hundred_letters_stays_whole(application):
    application.full_name = "W" * 200

    first = read(application).pages[0]

    assert first.replace("\n", "").count("W" * 200) == 1


def test_a_letter_of_twenty_thousand_characters_is_told_to_its_end(application):
    application.cover_letter = "word " * 3_998 + "theend"

    assert "theend" in read(application).text


def test_headings_stay_with_what_follows_them(application):
    """At every length of a letter, wherever that puts the end of the page."""
    ask(application, Question.Kind.SHORT_TEXT, "Anything else?", "Nothing else.")
    pairs = (
        ("Cover letter", "Firstly"),
        ("Questions", "When could you start?"),
        ("When could you start?", "1 June 2026"),
        ("What failed?", "A certificate."),
        ("Anything else?", "Nothing else."),
        ("Enclosed files", "A name opens its file"),
    )
    for words in range(150, 450, 30):
        application.cover_letter = "Firstly " + "many words " * words
        pages = read(application).pages
        for heading, following in pairs:
            assert following in next(page for page in pages if heading in page)


def test_rendering_does_not_need_more_than_the_four_queries(
    application, photo, django_assert_num_queries
):
    application.refresh_from_db()

    with django_assert_num_queries(4):
        dossier.render(application, photo=photo)


def test_warm_up_leaves_nothing_behind_but_readiness(application):
    before = dossier.render(application, photo=None)

    dossier.warm_up()

    assert rendering.render(application, photo=None) == before


@pytest.mark.parametrize("size", [(640, 160), (160, 160)], ids=["wordmark", "mark"])
def test_a_dossier_wears_the_companys_colour_and_logo(application, size):
    plain = Reading(dossier.render(application, photo=None))
    make_brand(size=size)
    worn = Reading(dossier.render(application, photo=None))
    assert len(worn.images) == len(plain.images) + 1
    assert worn.pages[0].startswith("Fish & Sons") == (size[0] == size[1])
