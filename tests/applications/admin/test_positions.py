from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Job, Question
from tests.factories import make_application, make_job

LIST = "admin:applications_job_changelist"

TWO_OPTIONS = "Now\nLater"


def question(number, **values):
    fields = {
        "kind": "short_text",
        "label": f"Question {number}",
        "help_text": "",
        "options": "",
        "position": str(number),
        **values,
    }
    return {f"questions-{number}-{name}": value for name, value in fields.items()}


def position(*questions, **values):
    """What the form of a new position sends."""
    form = {
        "title": "Baker",
        "slug": "baker",
        "department": "Kitchen",
        "place": "Lisbon",
        "employment": "full_time",
        "workplace": "on_site",
        "summary": "Bake.",
        "description": "Bread, mostly.",
        "is_published": "on",
        "opens_at_0": "2026-03-02",
        "opens_at_1": "09:00:00",
        "closes_at_0": "",
        "closes_at_1": "",
        "hr_email": "",
        "questions-TOTAL_FORMS": str(len(questions)),
        "questions-INITIAL_FORMS": "0",
        **values,
    }
    for one in questions:
        form |= one
    return form


def errors_of(response):
    """Everything that the form found wrong, in one text."""
    context = response.context
    return str(context["adminform"].form.errors) + "".join(
        str(formset.formset.errors) for formset in context["inline_admin_formsets"]
    )


@pytest.fixture
def add(hr_client):
    return lambda form: hr_client.post(reverse("admin:applications_job_add"), form)


def test_hr_writes_a_position_with_its_questions(add):
    response = add(position(question(0), question(1, kind="choice", options=TWO_OPTIONS)))
    assert response.status_code == 302
    job = Job.objects.get(slug="baker")
    assert [(one.label, one.choices) for one in job.questions.all()] == [
        ("Question 0", []),
        ("Question 1", ["Now", "Later"]),
    ]


def test_a_new_question_comes_last(hr_client):
    job = make_job()
    first = Question.objects.create(job=job, label="First", position=4)
    second = Question.objects.create(job=job, label="Second", position=7)
    form = position(
        question(0, id=first.pk, label="First", position="7"),
        question(1, id=second.pk, label="Second", position="4"),
        question(2, label="Third", position="0"),
        question(3, label="Fourth", position="0"),
    )
    address = reverse("admin:applications_job_change", args=(job.pk,))
    hr_client.post(address, form | {"questions-INITIAL_FORMS": "2"})
    labels = [one.label for one in job.questions.all()]
    assert labels == ["Second", "First", "Third", "Fourth"]


@pytest.mark.parametrize(("was_published", "status"), [(True, 410), (False, 404)])
def test_only_who_may_have_seen_a_position_learns_that_it_was_taken_down(
    hr_client, client, now, was_published, status
):
    job = make_job(slug="baker", opens_at=now, is_published=was_published)
    address = reverse("admin:applications_job_change", args=(job.pk,))
    assert hr_client.post(address, position(is_published="")).status_code == 302
    assert client.get("/jobs/baker/").status_code == status


@pytest.mark.parametrize("kind", ["choice", "choices"])
@pytest.mark.parametrize("options", ["", "Only one", "\n \nOnly one\n"])
def test_a_choice_with_fewer_than_two_options_is_refused(add, kind, options):
    response = add(position(question(0, kind=kind, options=options)))
    assert "A choice needs at least two options, one a line." in errors_of(response)
    assert not Job.objects.exists()


def test_an_option_named_twice_is_refused(add):
    response = add(position(question(0, kind="choice", options="Now\nLater\n Now ")))
    assert "Name each option only once." in errors_of(response)


@pytest.mark.parametrize(("count", "status"), [(3, 302), (4, 200)])
def test_a_form_asks_for_no_more_files_than_fit_into_one_request(add, count, status):
    response = add(position(*(question(number, kind="file") for number in range(count))))
    assert response.status_code == status
    if status == 200:
        assert "at most 3 files beside the CV and the photo" in response.content.decode()


def test_options_are_kept_without_empty_lines(add):
    add(position(question(0, kind="choice", options="\n Now \n\nLater\n")))
    assert Question.objects.get().options == TWO_OPTIONS


def test_a_position_that_closes_before_it_opens_is_refused(add):
    response = add(position(closes_at_0="2026-03-01", closes_at_1="09:00:00"))
    assert "A position closes after it opens." in errors_of(response)


def test_addresses_that_are_none_are_refused(add):
    response = add(position(hr_email="hr@example.com, nobody"))
    assert "Enter a valid email address." in errors_of(response)


def test_the_address_follows_the_title(hr_client):
    page = hr_client.get(reverse("admin:applications_job_add"))
    (field,) = page.context["adminform"].prepopulated_fields
    assert (field["field"].name, [one.name for one in field["dependencies"]]) == ("slug", ["title"])


def test_the_list_says_when_a_position_is_open(hr_client, now, time_machine):
    time_machine.move_to(now)
    day = timedelta(days=1)
    make_job(title="Open", opens_at=now - day)
    make_job(title="Ending", opens_at=now - day, closes_at=now + 3 * day)
    make_job(title="Coming", opens_at=now + 10 * day)
    make_job(title="Over", opens_at=now - 3 * day, closes_at=now - day)
    make_job(title="Draft", is_published=False)
    page = hr_client.get(reverse(LIST)).content.decode()
    for words in (
        "Open",
        "Open until 5 Mar 2026",
        "Opens on 12 Mar 2026",
        "Closed",
        "Not published",
    ):
        assert f">{words}</span>" in page


def test_the_list_can_be_narrowed_to_a_state(hr_client, now, time_machine):
    time_machine.move_to(now)
    open_job = make_job(opens_at=now)
    make_job(is_published=False)
    page = hr_client.get(reverse(LIST), {"state": "open"})
    assert list(page.context["cl"].result_list) == [open_job]


def test_an_unknown_state_narrows_nothing(hr_client):
    make_job()
    page = hr_client.get(reverse(LIST), {"state": "asleep"})
    assert page.context["cl"].result_count == 1


def test_a_position_that_nobody_can_open_yet_links_to_its_preview(hr_client):
    job = make_job(is_published=False)
    page = hr_client.get(reverse(LIST)).content.decode()
    assert f'href="{reverse("admin:applications_job_preview", args=(job.pk,))}"' in page
    assert job.get_absolute_url() not in page


@pytest.mark.parametrize("is_published", [True, False])
def test_the_form_links_to_the_public_page_once_there_is_one(hr_client, is_published):
    job = make_job(is_published=is_published)
    page = hr_client.get(reverse("admin:applications_job_change", args=(job.pk,)))
    assert page.context["has_absolute_url"] is is_published
    assert reverse("admin:applications_job_preview", args=(job.pk,)) in page.content.decode()


def test_the_list_links_to_the_public_page_and_to_the_applications(hr_client):
    job = make_job(slug="baker")
    make_application(job=job)
    make_application(job=job)
    page = hr_client.get(reverse(LIST)).content.decode()
    assert f'href="{job.get_absolute_url()}"' in page
    applications = reverse("admin:applications_application_changelist")
    assert f'<a href="{applications}?job__id__exact={job.pk}">2</a>' in page


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(hr_client, queries_of):
    make_application(job=make_job())
    few = queries_of(lambda: hr_client.get(reverse(LIST)))
    for _number in range(5):
        make_application(job=make_job())
    assert queries_of(lambda: hr_client.get(reverse(LIST))) == few
