from datetime import UTC, datetime

from django.template import Context, Template
from django.utils import timezone

from applications import branding
from applications.models import Brand

EVENING = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def rendered(source, **values):
    return Template("{% load pages %}" + source).render(Context(values))


def test_days_and_times_are_the_offices_own():
    with timezone.override("Asia/Tokyo"):
        assert rendered("{{ at|day }}, {{ at|clock }}", at=EVENING) == "3 March 2026, 08:30 JST"


def test_without_a_request_the_brand_is_the_one_last_seen(settings, monkeypatch):
    monkeypatch.setattr(branding, "_memory", branding._Memory())
    settings.SITE_NAME = "Fish & Sons"
    page = "{% current_brand as brand %}{{ brand }}"
    assert rendered(page) == "Fish &amp; Sons"
    monkeypatch.setattr(branding._memory, "brand", Brand(name="Acme"))
    assert rendered(page) == "Acme"


def test_a_page_has_the_brand_as_it_is_now(rf, db, django_assert_num_queries):
    Brand.objects.create(name="Acme")
    with django_assert_num_queries(1):
        page = "{% current_brand as brand %}{{ brand }}{{ brand.logo_url }}"
        assert rendered(page, request=rf.get("/")) == "Acme"


def test_a_description_is_escaped_once():
    assert rendered("{{ text|as_html }}", text="# <You> & me") == "<h2>&lt;You&gt; &amp; me</h2>"
