import pytest

from applications.letters.erasure import application_erased, erasure_receipt
from applications.models import Erasure
from tests.applications.letters.arrival import arrived, bodies
from tests.factories import make_job


@pytest.fixture
def asked(db, now):
    return Erasure.objects.create(
        page="0" * 64,
        job=make_job(),
        reference="7K3M-9QXA",
        email="ada@example.org",
        our_addresses="hr@example.com, ann@example.com",
        called_off=["2026-03-05T10:00:00+00:00"],
        requested_at=now,
        records={"applications.Application": 1, "applications.Answer": 4},
        object_count=3,
        version_count=5,
    )


def test_hr_is_asked_to_delete_by_the_reference_alone(asked):
    message = arrived(application_erased(asked))
    assert message["To"] == "hr@example.com, ann@example.com"
    assert message["Subject"] == "Please delete: application 7K3M-9QXA, Backend Engineer"
    assert message["Reply-To"] is None
    for body in bodies(application_erased(asked)):
        assert "ada@example.org" not in body
        assert "No interview takes place: 5 March 2026, 10:00 UTC." in body


def test_the_receipt_lists_what_went(asked):
    message = arrived(erasure_receipt(asked))
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Your data is erased (7K3M-9QXA)"
    plain, html = bodies(erasure_receipt(asked))
    for line in (
        "Your application",
        "Answers to questions",
        "Files in the object store",
        "All their versions",
    ):
        assert line in plain
        assert line in html


@pytest.mark.parametrize("is_employed", [True, False])
def test_an_employee_reads_what_stays(asked, is_employed):
    asked.is_employed = is_employed
    for body in bodies(erasure_receipt(asked)):
        assert ("What an employer has to keep" in body) is is_employed


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(0, ""), (1, "Your job alert has ended, too"), (3, "Your job alerts have ended, too")],
)
def test_the_receipt_says_that_job_alerts_have_ended(asked, number, sentence):
    asked.alert_count = number
    for body in bodies(erasure_receipt(asked)):
        assert sentence in body
        assert ("job alert" in body) is bool(number)


def test_composed_again_it_is_the_same_letter_to_the_byte(asked):
    for compose in (application_erased, erasure_receipt):
        first, second = (compose(asked).message().as_bytes() for _time in range(2))
        assert first == second
