"""The back office does all it can under its own policy, and asks no other site for anything."""

from django.urls import reverse
from playwright.sync_api import expect

from applications.models import Brand
from tests.states import world
from tests.states.office import pages


def test_its_pages_keep_to_their_policy(desk):
    world.done()
    for path in pages().values():
        assert desk.goto(path).status == 200, path
        expect(desk.locator("body")).to_be_visible()


def test_its_menus_open(desk):
    """What Alpine.js shows and hides works, so its eval is allowed."""
    desk.goto(reverse("admin:index"))
    assert desk.evaluate("typeof Alpine") == "object"
    assert desk.evaluate("document.querySelectorAll('[x-cloak]').length") == 0


def test_a_brand_is_chosen_and_the_pages_wear_it(desk, company):
    desk.goto(reverse("admin:applications_brand_changelist"))
    desk.get_by_label("Name", exact=False).first.fill("Fish & Sons")
    desk.locator("[name=colour]").fill("#7c3aed")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()
    assert Brand.objects.get().colour == "#7c3aed"
    desk.goto("/")
    expect(desk.get_by_role("link", name="Fish & Sons")).to_be_visible()
    button = desk.get_by_role("button", name="Search")
    assert button.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(124, 58, 237)"
