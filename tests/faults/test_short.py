"""The most telling rows with a handful of applications; ``make faults`` runs all, with hundreds.

How soon things go on is the long run's to judge: here the machine does other things, too.
"""

import pytest

from tests.faults import report
from tests.faults.row import Row, carry_out, recount
from tests.faults.rows import broker, deaths, mail, servers, workers

# Each waits for at most a lease, a sweep and a restart, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

APPLICATIONS = 6

ROWS = (
    servers.TWICE,
    workers.GROUPS,
    workers.PROCESSES,
    workers.STOPPED,
    workers.RECORDING,
    workers.REVOKED_TOO_LATE,
    broker.LOST,
    servers.REFUSING,
    mail.REFUSING,
    deaths.AT["put"],
    deaths.AT["reply"],
    deaths.AT["recorded.store_dossier"],
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_nothing_is_lost_and_nothing_comes_twice(system, results, row: Row):
    result = carry_out(row, system, applications=APPLICATIONS, short=True)
    results.append(result)

    assert result.outcome.verdict.accepted == APPLICATIONS
    assert result.misses == (), report.line(result)


def test_no_second_letter_came_after_its_row(system, results):
    assert recount(results, system) == results
