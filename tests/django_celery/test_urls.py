import pytest
from django.urls import resolve


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "jobs"),
        ("/jobs/backend-engineer/", "job"),
        ("/jobs/backend-engineer/apply/", "apply"),
        ("/applications/a-Token_1/", "application"),
        ("/applications/a-Token_1.json", "application_json"),
        ("/staff/", "index"),
        ("/healthz", "healthz"),
        ("/readyz", "readyz"),
        ("/metrics", "metrics"),
    ],
)
def test_addresses_of_the_contract_lead_to_their_views(address, name):
    assert resolve(address).url_name == name
