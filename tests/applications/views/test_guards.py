import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from applications.models import Application
from applications.views import guards
from tests.applications.views.pages import errors

URL = "/jobs/backend-engineer/apply/"


class Body:
    """A request's body that counts what is read of it."""

    def __init__(self, size):
        self.left = size
        self.read_in_all = 0

    def read(self, size=-1):
        given = self.left if size < 0 else min(size, self.left)
        self.left -= given
        self.read_in_all += given
        return bytes(given)

    readline = read


def sending(size):
    body = Body(size)
    return body, {
        "CONTENT_LENGTH": str(size),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": body,
    }


@guards.refuses_large_bodies
def untouched(request):
    raise AssertionError("must not be called")


def test_a_body_that_is_too_large_is_answered_before_it_is_parsed():
    _body, environ = sending(guards.MAX_BODY + 1)
    response = untouched(RequestFactory().post(URL, **environ))
    assert response.status_code == 413
    assert "A CV or another document may have 10 MB and a photo 5 MB." in response.text


def test_a_browser_may_send_to_the_end_so_that_it_reads_the_answer():
    body, environ = sending(guards.MAX_BODY + 1)
    untouched(RequestFactory().post(URL, **environ))
    assert body.left == 0


def test_nobody_is_listened_to_for_ever():
    body, environ = sending(guards._MAX_DRAINED * 4)
    untouched(RequestFactory().post(URL, **environ))
    assert body.read_in_all == guards._MAX_DRAINED


def test_a_body_of_unknown_size_is_not_refused():
    view = guards.refuses_large_bodies(lambda _request: HttpResponse("fine"))
    for size in ("", "many", "²"):
        assert view(RequestFactory().post(URL, CONTENT_LENGTH=size)).text == "fine"


@pytest.mark.django_db
def test_the_form_itself_refuses_a_large_body(client, job):
    _body, environ = sending(guards.MAX_BODY + 1)
    assert client.post(URL, **environ).status_code == 413


@pytest.mark.django_db
def test_a_form_with_too_much_text_or_too_many_fields_is_refused(client, filled_in):
    for much in ({"cover_letter": "a" * 6_000_000}, {f"field_{n}": "" for n in range(1_001)}):
        response = client.post(URL, filled_in(**much))
        assert response.status_code == 413
        assert "Nothing has been accepted yet" in response.text
    assert not Application.objects.exists()


def test_the_visitor_is_told_of_an_outage_and_the_log_of_its_class_alone(caplog):
    for error in (OperationalError("for ada@example.org"), InterfaceError("ada")):

        def view(_request, error=error):
            raise error

        response = guards.answers_outages(view)(RequestFactory().get("/"))
        assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert [record.message for record in caplog.records if record.name == guards.__name__] == [
        "The database does not answer: OperationalError",
        "The database does not answer: InterfaceError",
    ]


def test_other_errors_are_not_taken_for_an_outage():
    def view(_request):
        raise RequestDataTooBig

    with pytest.raises(RequestDataTooBig):
        guards.answers_outages(view)(RequestFactory().get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        b"--x",
        b'--x\r\nContent-Disposition: form-data; name="resume"; filename="cv.pdf"\r\n\r\n%PDF-',
        b'--x\r\nContent-Disposition: form-data; name="consent"\r\n\r\non\r\n--x--\r\n',
    ],
)
def test_a_body_that_is_broken_is_an_incomplete_form(client, job, body):
    response = client.post(URL, body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 422
    assert "full_name" in errors(response)


@pytest.mark.django_db
def test_a_body_without_a_boundary_is_refused(client, job):
    response = client.post(URL, b"x", content_type="multipart/form-data")
    assert response.status_code == 400
    assert "We could not read that" in response.text
