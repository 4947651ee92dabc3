from applications.staff_links import application_url, document_url
from tests.factories import make_application, make_document


def test_document_link_is_the_stable_one_of_the_back_office(db):
    document = make_document(make_application(), kind="photo", filename="me.png")
    expected = f"http://jobs.example.com/staff/applications/document/{document.pk}/open/"
    assert document_url(document) == expected


def test_application_link_leads_to_its_page_in_the_back_office(db):
    application = make_application()
    expected = f"http://jobs.example.com/staff/applications/application/{application.pk}/change/"
    assert application_url(application) == expected
