"""The list of letters, and deciding about those in doubt."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from applications.models import Letter
from pipelines.models import Run, StepRun
from tests.factories import make_letter
from tests.messages import said

LIST = reverse("admin:applications_letter_changelist")
FAILED = {"email_hr": {"status": StepRun.Status.FAILURE}}

each_decision = pytest.mark.parametrize("decision", ["arrived", "send_again"])


@pytest.fixture
def letter(apply, now):
    """In doubt, and left to a person."""
    application = apply(Run.Status.FAILED, FAILED, reference="7K3M-9QXA")
    return make_letter(application, intents=1, intent_at=now)


@pytest.fixture
def viewer_client(client, db):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(
        Permission.objects.filter(codename__in=("view_application", "view_letter"))
    )
    client.force_login(viewer)
    return client


def address(decision, letter):
    return reverse(f"admin:applications_letter_{decision}", args=(letter.pk,))


def page_of(letter):
    return reverse("admin:applications_application_change", args=(letter.application_id,))


# --- the list ---------------------------------------------------------------------------------


def test_the_list_can_be_narrowed_to_what_is_in_doubt(hr_client, apply, letter, now):
    sent = make_letter(apply(), intent_at=now, sent_at=now)
    waiting = make_letter(apply())
    for state, expected in (("doubt", letter), ("sent", sent), ("waiting", waiting)):
        found = hr_client.get(LIST, {"state": state}).context["cl"].result_list
        assert list(found) == [expected]


def test_the_list_leads_to_the_application(hr_client, letter):
    assert page_of(letter) in hr_client.get(LIST).content.decode()


def test_the_link_of_the_applicants_page_in_a_letter_is_for_the_applicant_alone(hr_client, letter):
    Letter.objects.update(subject="We have it", text=f"Your page: {letter.application.page_url}")
    page = hr_client.get(reverse("admin:applications_letter_change", args=(letter.pk,))).text
    assert "We have it" in page
    assert letter.application.token not in page


def test_a_letter_is_found_by_its_applications_reference(hr_client, letter):
    found = hr_client.get(LIST, {"q": "7K3M"}).context["cl"].result_list
    assert list(found) == [letter]


# --- the page of the application ----------------------------------------------------------------


@each_decision
def test_the_applications_page_offers_to_decide(hr_client, letter, decision):
    assert address(decision, letter) in hr_client.get(page_of(letter)).content.decode()


def test_it_offers_nothing_while_the_policy_is_at_it(hr_client, letter):
    StepRun.objects.filter(name="email_hr").update(status=StepRun.Status.SENT)
    assert address("arrived", letter) not in hr_client.get(page_of(letter)).content.decode()


def test_who_may_not_decide_is_told_that_somebody_has_to(viewer_client, letter):
    page = viewer_client.get(page_of(letter)).content.decode()
    assert address("arrived", letter) not in page
    assert "Somebody who may change letters has to decide" in page


# --- deciding -----------------------------------------------------------------------------------


@each_decision
def test_nothing_happens_before_it_is_confirmed(hr_client, letter, decision):
    page = hr_client.get(address(decision, letter)).content.decode()
    assert "7K3M-9QXA" in page
    assert 'method="post"' in page
    assert Letter.objects.get().note == ""


def test_it_arrived(hr_client, letter):
    response = hr_client.post(address("arrived", letter))
    assert response.url == page_of(letter)
    assert said(response) == ["The letter is taken for sent."]
    assert Letter.objects.get().sent_at == letter.intent_at
    assert StepRun.objects.get(name="email_hr").status == "pending"


def test_send_it_again(hr_client, letter):
    response = hr_client.post(address("send_again", letter))
    assert said(response) == ["One more copy goes out: the next free worker sends it."]
    assert Letter.objects.get().intent_at is None
    assert Run.objects.get().status == "active"


@each_decision
def test_it_stands_in_the_applications_history_under_its_reference(
    hr_client, hr_person, letter, decision
):
    hr_client.post(address(decision, letter))
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (hr_person, str(letter.application_id))
    assert entry.object_repr == "7K3M-9QXA"
    assert "letter in doubt" in entry.change_message


@each_decision
def test_a_second_click_decides_nothing(hr_client, letter, decision):
    hr_client.post(address("arrived", letter))
    response = hr_client.post(address(decision, letter))
    assert said(response)[-1] == "There is nothing to decide about this letter any more."
    assert LogEntry.objects.count() == 1


@each_decision
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_change_letters_may_not_decide(viewer_client, letter, decision, method):
    assert getattr(viewer_client, method)(address(decision, letter)).status_code == 403
    assert Letter.objects.get().note == ""


@each_decision
def test_nobody_decides_without_a_login(client, letter, decision):
    assert client.post(address(decision, letter)).url.startswith(reverse("admin:login"))


def test_a_letter_that_is_gone_is_not_found(hr_client, letter):
    gone = address("arrived", letter)
    letter.delete()
    assert hr_client.get(gone).status_code == 404


def test_a_letter_that_is_about_no_application_is_listed_by_what_it_is_about(hr_client, db):
    make_letter(about="alert:17:2026-03-02")
    assert "alert:17:2026-03-02" in hr_client.get(LIST).content.decode()


def test_one_in_doubt_is_decided_from_the_list_where_there_is_no_application(hr_client, db, now):
    letter = make_letter(about="alert:17:2026-03-02", intents=1, intent_at=now)
    page = hr_client.get(LIST).content.decode()
    for decision in ("arrived", "send_again"):
        assert address(decision, letter) in page
