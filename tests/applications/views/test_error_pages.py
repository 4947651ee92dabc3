"""The pages that Django shows by itself must not need what may be broken."""

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html", "503.html")


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_needs_no_request_and_no_database(name):
    page = render_to_string(name)
    assert page.count("<h1>") == 1
    assert "Northwind Studio" in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_fault_of_ours_says_that_it_is_ours():
    response = defaults.server_error(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    assert response.status_code == 500
    assert "It is not your fault" in response.text
