"""Robots and floods, as the form answers them."""

import json
import uuid
from base64 import b64encode

import altcha
import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError
from django.utils import timezone

from applications.models import Application
from applications.robots import work
from applications.services import traffic
from tests.applications.views.pages import read, text

URL = "/jobs/backend-engineer/apply/"
KEY = uuid.UUID(int=7)


@pytest.fixture
def flood(monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr(work, "MOST", 50)
    monkeypatch.setattr(traffic, "is_flooded", lambda _now: True)
    caches["default"].clear()


def told(response):
    """The hidden inputs of the form by their names, and the challenge."""
    found = {}
    for element in read(response)["main"].iter():
        if element.get("type") == "hidden":
            found[element.get("name")] = element.get("value")
        if "data-challenge" in element.attrib:
            found["challenge"] = json.loads(element.get("data-challenge"))
    return found


def solution(challenge):
    found = altcha.solve_challenge(
        challenge["challenge"], challenge["salt"], challenge["algorithm"], 50, 0
    )
    return b64encode(json.dumps(challenge | {"number": found.number}).encode()).decode()


def test_the_trap_is_shown_to_nobody(client, job):
    divisions = read(client.get(URL))["main"].iter("div")
    hidden = [division for division in divisions if division.get("hidden") == ""]
    (field,) = [field for division in hidden for field in division.iter("input")]
    shown = {name: field.get(name) for name in ("name", "value", "tabindex", "autocomplete")}
    assert shown == {"name": "homepage", "value": None, "tabindex": "-1", "autocomplete": "off"}


def test_whoever_falls_into_the_trap_is_told_and_may_send_again(post):
    response = post(homepage="https://evil.example")
    assert response.status_code == 422
    assert "We have emptied it. Press Apply Now again." in response.text
    assert "evil.example" not in response.text
    assert "cv.pdf" in response.text
    assert not Application.objects.exists()
    assert post(resume="").status_code == 303


def test_without_a_flood_nothing_is_asked(client, job):
    assert "challenge" not in told(client.get(URL))


def test_a_solution_opens_the_door_once(client, job, post, flood):
    hidden = told(client.get(URL))
    key = hidden["submission_key"]
    proof = solution(hidden["challenge"])
    assert post(submission_key=key, proof=proof).status_code == 303
    assert post(submission_key=str(KEY), proof=proof).status_code == 422
    assert Application.objects.count() == 1


def test_a_solution_goes_through_the_review(client, job, post, flood):
    hidden = told(client.get(URL))
    key, proof = hidden["submission_key"], solution(hidden["challenge"])
    sent = told(post(submission_key=key, proof=proof, review=""))
    assert (sent["submission_key"], sent["proof"]) == (key, proof)
    assert post(submission_key=key, proof=proof, resume="").status_code == 303


def test_without_a_solution_the_form_comes_back_with_a_challenge_and_nothing_lost(post, flood):
    response = post()
    assert response.status_code == 422
    assert "Very many applications are arriving" in text(read(response)["main"])
    assert "cv.pdf" in response.text
    again = post(resume="", proof=solution(told(response)["challenge"]))
    assert again.status_code == 303


def test_without_scripts_patience_opens_the_door(client, job, post, flood):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        hidden = told(client.get(URL))
        sent = {name: hidden[name] for name in ("submission_key", "waiting_since", "proof")}
        clock.shift(10)
        assert post(**sent).status_code == 422
        clock.shift(11)
        assert post(**sent).status_code == 303


def test_patience_alone_lets_few_through_from_one_network(client, job, post, flood):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        forms = [told(client.get(URL)) for _form in range(4)]
        clock.shift(30)
        names = ("submission_key", "waiting_since")
        answers = [post(**{name: form[name] for name in names}) for form in forms]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_while_nobody_can_count_everybody_is_let_through(post, monkeypatch, settings):
    settings.APPLY_POW_AFTER = 1

    def fails(_now):
        raise OperationalError

    monkeypatch.setattr(traffic, "is_flooded", fails)
    assert post().status_code == 303


def test_a_mailbox_gets_so_many_receipts_a_day_and_the_page_says_so(client, post, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["default"].clear()
    settings.APPLY_RECEIPTS_PER_EMAIL = 1
    pages = [post(submission_key=str(uuid.uuid4()))["Location"] for _time in range(2)]
    shown = ["No receipt is mailed" in client.get(page).text for page in pages]
    steps = [
        {step["name"] for step in client.get(f"{page.rstrip('/')}.json").json()["steps"]}
        for page in pages
    ]
    assert shown == [False, True]
    assert steps[0] - steps[1] == {"email_applicant"}
    assert steps[1] >= {"render_dossier", "store_dossier", "email_hr"}


def test_the_answer_is_the_same_whether_or_not_somebody_has_applied_before(post):
    first, second = (post(submission_key=str(uuid.uuid4())) for _time in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.headers.keys() == second.headers.keys()
