"""No log has the secret in the address of a visitor's page, nor what a visitor wrote."""

import logging
import secrets
import sys

import pytest
from django.urls import get_resolver, reverse

from django_celery.logs import WithoutTokens, WithoutValues


@pytest.mark.parametrize(
    ("message", "args", "logged"),
    [
        (
            "Not Found: %s",
            ("/applications/HAONWsUUktp77SCi3B2wcxe7b_RVIDbooGEXSXGMwLU/",),
            "Not Found: /applications/***/",
        ),
        (
            "/applications/HAONWsUUktp77SCi3B2wcxe7b_RVIDbooGEXSXGMwLU.json",
            (),
            "/applications/***.json",
        ),
        ("Sweep: %d crashed", (3,), "Sweep: 3 crashed"),
    ],
)
def test_a_line_is_logged_without_the_token(message, args, logged):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)
    assert WithoutTokens().filter(record) is True
    assert record.getMessage() == logged


def pages_with_a_secret():
    """The addresses of all pages that are opened by whoever knows a secret, each with one."""
    for name, ways in get_resolver().reverse_dict.lists():
        for possibilities, _pattern, _defaults, _converters in ways:
            for _text, parameters in possibilities:
                if isinstance(name, str) and "token" in parameters:
                    values = dict.fromkeys(parameters, 1)
                    yield reverse(name, kwargs={**values, "token": secrets.token_urlsafe(32)})


def test_no_page_s_secret_is_logged():
    addresses = list(pages_with_a_secret())
    assert len(addresses) > 5
    for address in addresses:
        record = logging.LogRecord("django", logging.WARNING, "", 1, "At %s", (address,), None)
        WithoutTokens().filter(record)
        assert "/***" in record.getMessage()


def test_of_an_error_the_classes_and_the_places_are_logged_and_no_text():
    def refuse():
        raise ValueError("Failing row contains (ada@example.org)")

    try:
        try:
            refuse()
        except ValueError as error:
            raise LookupError("ada@example.org") from error
    except LookupError:
        record = logging.LogRecord("django", logging.ERROR, "", 1, "Oh", (), sys.exc_info())
    text = WithoutValues("%(message)s").format(record)
    said = [line for line in text.splitlines() if not line.startswith("  ")]
    assert said == ["Oh", "ValueError", "LookupError"]
    assert " in refuse\n" in text
    assert "ada" not in text
