import pytest
from django.urls import reverse

from applications.models import ConsentText
from tests.factories import make_application, make_consent

ADD = "admin:applications_consenttext_add"


def test_a_new_version_begins_with_the_words_of_the_newest(admin_client):
    newest = make_consent()
    page = admin_client.get(reverse(ADD))
    assert page.context["adminform"].form.initial["body"] == newest.body


def test_the_first_version_begins_empty(admin_client):
    page = admin_client.get(reverse(ADD))
    assert page.context["adminform"].form.initial["body"] == ""


def test_a_new_version_becomes_the_one_shown(admin_client):
    make_consent()
    assert admin_client.post(reverse(ADD), {"body": "I agree to less."}).status_code == 302
    assert ConsentText.objects.latest().body == "I agree to less."


@pytest.mark.parametrize("action", ["change", "delete"])
def test_a_published_version_is_neither_changed_nor_deleted(admin_client, action):
    text = make_consent()
    address = reverse(f"admin:applications_consenttext_{action}", args=(text.pk,))
    assert admin_client.post(address, {"body": "Anything goes.", "post": "yes"}).status_code == 403
    assert ConsentText.objects.get().body == text.body


def test_a_version_is_read_in_its_paragraphs(admin_client):
    text = ConsentText.objects.create(body="I agree.\n\nFor <b>six</b> months.")
    page = admin_client.get(reverse("admin:applications_consenttext_change", args=(text.pk,)))
    assert "<p>For &lt;b&gt;six&lt;/b&gt; months.</p>" in page.content.decode()


def test_the_list_counts_who_consented(admin_client):
    old = make_consent()
    make_application(consent=old)
    make_application(consent=old)
    make_consent()
    page = admin_client.get(reverse("admin:applications_consenttext_changelist"))
    assert [text.consents for text in page.context["cl"].result_list] == [0, 2]


def test_hr_reads_consent_texts_and_writes_none(hr_client):
    text = make_consent()
    page = hr_client.get(reverse("admin:applications_consenttext_change", args=(text.pk,)))
    assert text.body in page.content.decode()
    assert hr_client.get(reverse(ADD)).status_code == 403
