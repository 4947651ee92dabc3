"""The secret in the address of an applicant's page is in no log."""

import logging

import pytest

from django_celery.logs import WithoutTokens


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
