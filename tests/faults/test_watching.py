"""What counts as a disagreement between Flower and a page."""

import pytest

from tests.faults.ledger import Journey
from tests.faults.watching import disagreements

JOURNEYS = {"/page/": Journey("application", "run", {})}


def found(status, attempts, **shown):
    page = {"steps": [{"name": "email_hr", "status": status, "attempts": attempts}]}
    states = {f"run.email_hr.{number[1:]}": state for number, state in shown.items()}
    return disagreements(JOURNEYS, {"/page/": page}, states)


@pytest.mark.parametrize(
    ("status", "attempts", "shown"),
    [
        ("success", 1, {"_1": "SUCCESS"}),
        ("success", 2, {"_1": "RETRY", "_2": "SUCCESS"}),
        ("success", 2, {"_1": "REVOKED", "_2": "SUCCESS"}),
        ("success", 2, {"_2": "SUCCESS"}),
        ("failure", 1, {"_1": "FAILURE"}),
        ("pending", 0, {}),
    ],
)
def test_flower_and_the_page_agree(status, attempts, shown):
    assert found(status, attempts, **shown) == []


@pytest.mark.parametrize(
    ("status", "attempts", "shown", "claim"),
    [
        ("success", 1, {}, "no email_hr where the page says success"),
        ("success", 1, {"_1": "STARTED"}, "email_hr as STARTED where the page says success"),
        ("success", 1, {"_1": "FAILURE"}, "email_hr as FAILURE where the page says success"),
        ("failure", 1, {"_1": "RETRY"}, "email_hr as RETRY where the page says failure"),
        (
            "success",
            2,
            {"_1": "FAILURE", "_2": "SUCCESS"},
            "email_hr as FAILURE where the page says that it went on",
        ),
        (
            "success",
            1,
            {"_1": "SUCCESS", "_2": "PENDING"},
            "email_hr as PENDING where the page knows of no such attempt",
        ),
        (
            "pending",
            0,
            {"_1": "PENDING"},
            "email_hr as PENDING where the page knows of no such attempt",
        ),
    ],
)
def test_flower_claims_what_the_page_does_not(status, attempts, shown, claim):
    assert found(status, attempts, **shown) == [f"Flower shows {claim} (1 times)"]
