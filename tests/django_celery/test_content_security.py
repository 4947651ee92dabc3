"""Every page's policy, as browsers are told it."""

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

HEADER = "Content-Security-Policy"
PUBLIC = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
SAMPLES = {"slug": "a", "token": "a", "fingerprint": "a", "number": "1"}


def policy(response):
    return set(response[HEADER].split("; "))


def public_paths():
    """Every address outside the back office, with something in the place of its variables."""
    resolver = get_resolver()
    for pattern in resolver.url_patterns:
        below = [pattern] if isinstance(pattern, URLPattern) else pattern.url_patterns
        if str(pattern.pattern) != "staff/":
            yield from (_path(each) for each in below)


def _path(pattern):
    converters = pattern.pattern.converters
    return "/" + str(pattern.pattern).translate({}) if not converters else _filled(pattern)


def _filled(pattern):
    path = f"/{pattern.pattern}"
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        path = path.replace(f"<{kind}:{name}>", SAMPLES[name])
    return path


@pytest.mark.django_db
def test_every_public_address_answers_with_the_strict_policy(client):
    paths = list(public_paths())
    assert "/jobs/a/apply/" in paths
    assert {path: policy(client.get(path)) for path in paths} == dict.fromkeys(paths, PUBLIC)


@pytest.mark.django_db
def test_also_what_is_not_there_and_what_is_refused(client):
    assert policy(client.get("/nothing/")) == PUBLIC
    assert policy(client.post("/")) == PUBLIC


def test_the_public_policy_forbids_all_that_is_inline_or_evaluated():
    assert not any("unsafe" in each for each in PUBLIC)


def test_the_back_office_may_do_what_its_dress_needs_and_no_more(admin_client):
    found = policy(admin_client.get("/staff/"))
    assert found - PUBLIC == {
        "script-src 'self' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
    }
