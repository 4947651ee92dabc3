import pytest
from django.urls import reverse

from applications.models import Employee
from pipelines.models import Run
from tests.messages import said

TERMS = {
    "starts_on": "2026-04-01",
    "place": "Rua Augusta 1, Lisbon",
    "contact_name": "Grace Hopper",
    "contact_email": "grace@example.com",
    "good_to_know": "",
}


pytestmark = pytest.mark.usefixtures("clock")


def hire_page(application):
    return reverse("admin:applications_application_hire", args=(application.pk,))


def test_the_form_knows_the_place_and_who_asks(hr_client, hr_person, apply):
    hr_person.email = "hr@example.com"
    hr_person.save()
    form = hr_client.get(hire_page(apply())).context["form"]
    assert form.initial["place"] == "Lisbon"
    assert form.initial["contact_email"] == "hr@example.com"


def test_nobody_is_hired_by_a_look(hr_client, apply):
    assert hr_client.get(hire_page(apply())).status_code == 200
    assert not Employee.objects.exists()


def test_an_applicant_is_hired(hr_client, hr_person, apply):
    application = apply()
    response = hr_client.post(hire_page(application), TERMS)
    assert said(response) == ["Hired. The welcome and the letter to HR are on their way."]
    employee = Employee.objects.get()
    assert (employee.application, employee.hired_by) == (application, hr_person)
    assert Run.objects.filter(pipeline="welcome", subject_id=str(employee.pk)).exists()


def test_a_second_click_hires_nobody(hr_client, apply):
    application = apply()
    hr_client.post(hire_page(application), TERMS)
    response = hr_client.post(hire_page(application), TERMS)
    assert said(response)[-1] == "This person was hired before, and nothing was changed."
    assert Run.objects.filter(pipeline="welcome").count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_on": "2026-03-01"}, "The first day lies in the past."),
        ({"starts_on": "soon"}, "Enter a valid date."),
        ({"contact_email": "grace"}, "Enter a valid email address."),
        ({"place": " "}, "This field is required."),
    ],
)
def test_terms_that_make_no_sense_are_asked_again(hr_client, apply, wrong, sentence):
    response = hr_client.post(hire_page(apply()), {**TERMS, **wrong})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Employee.objects.exists()


def test_who_has_withdrawn_is_not_hired(hr_client, apply):
    response = hr_client.post(hire_page(apply(stage="withdrawn")), TERMS)
    assert "has withdrawn" in said(response)[0]
    assert not Employee.objects.exists()


def test_the_page_leads_to_the_employee_and_back(hr_client, apply):
    application = apply()
    hr_client.post(hire_page(application), TERMS)
    employee = Employee.objects.get()
    employee_page = reverse("admin:applications_employee_change", args=(employee.pk,))
    application_page = reverse("admin:applications_application_change", args=(application.pk,))
    assert employee_page in hr_client.get(application_page).content.decode()
    page = hr_client.get(employee_page).content.decode()
    assert application_page in page
    assert "On its way" in page


def test_who_may_not_decide_hires_nobody(client, apply, django_user_model):
    client.force_login(django_user_model.objects.create_user("temp", is_staff=True))
    assert client.post(hire_page(apply()), TERMS).status_code == 403
