from datetime import date

import pytest

from applications.models import Application, Employee, StageChange
from applications.services.hiring.employment import Terms, hire
from applications.services.hiring.stages import StageRefused
from pipelines import canvas
from pipelines.models import Run

TERMS = Terms(
    starts_on=date(2026, 4, 1),
    place="Rua Augusta 1, Lisbon",
    contact_name="Grace Hopper",
    contact_email="grace@example.com",
    good_to_know="",
)


def test_an_employee_is_made_with_the_run_that_welcomes_them(application, person, now):
    employee, is_new = hire(application, TERMS, by=person, now=now)
    assert is_new
    assert (employee.full_name, employee.email) == (application.full_name, application.email)
    assert (employee.starts_on, employee.hired_at, employee.hired_by) == (
        TERMS.starts_on,
        now,
        person,
    )
    assert Application.objects.get().stage == "hired"
    assert StageChange.objects.get().to_stage == "hired"
    assert Run.objects.get(pipeline="welcome").subject_id == str(employee.pk)


def test_hired_twice_changes_nothing(application, person, now):
    first, _is_new = hire(application, TERMS, by=person, now=now)
    later = Terms(**{**{name: getattr(TERMS, name) for name in TERMS.__slots__}, "place": "Porto"})
    again, is_new = hire(application, later, by=person, now=now)
    assert (again, is_new, again.place) == (first, False, TERMS.place)
    assert (Employee.objects.count(), Run.objects.count(), StageChange.objects.count()) == (1, 1, 1)


def test_all_of_it_or_nothing(application, person, now, monkeypatch):
    def breaks(*_args):
        raise RuntimeError

    monkeypatch.setattr(canvas, "start", breaks)
    with pytest.raises(RuntimeError):
        hire(application, TERMS, by=person, now=now)
    assert not Employee.objects.exists()
    assert not StageChange.objects.exists()
    assert Application.objects.get().stage == "new"


def test_who_has_withdrawn_is_not_hired(application, person, now):
    Application.objects.update(stage="withdrawn")
    with pytest.raises(StageRefused):
        hire(application, TERMS, by=person, now=now)
    assert not Employee.objects.exists()


def test_an_employee_stays_when_the_application_is_erased(application, person, now):
    hire(application, TERMS, by=person, now=now)
    Application.objects.get().delete()
    assert Employee.objects.get().application is None
