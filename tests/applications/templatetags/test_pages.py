from datetime import UTC, datetime

from django.template import Context, Template
from django.utils import timezone

from applications import stylesheet

EVENING = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def rendered(source, **values):
    return Template("{% load pages %}" + source).render(Context(values))


def test_days_and_times_are_the_offices_own():
    with timezone.override("Asia/Tokyo"):
        assert rendered("{{ at|day }}, {{ at|clock }}", at=EVENING) == "3 March 2026, 08:30 JST"


def test_the_sites_name_needs_no_request(settings):
    settings.SITE_NAME = "Fish & Sons"
    assert rendered("{% site_name %}") == "Fish &amp; Sons"


def test_the_sheets_address_carries_its_fingerprint():
    assert rendered("{% stylesheet_url %}") == f"/styles.{stylesheet.fingerprint()}.css"


def test_a_description_is_escaped_once():
    assert rendered("{{ text|as_html }}", text="# <You> & me") == "<h2>&lt;You&gt; &amp; me</h2>"
