import pytest

from benchmarks.textbook import tasks
from benchmarks.throughput import Drain, _findings

OURS, L = Drain(0.1, 0.2, 0.02), Drain(0.1, 0.1, 0.01)
CHAINS = (Drain(0.2, 0.3, 0.05), Drain(0.4, 0.5, 0.07))


@pytest.fixture
def findings():
    return {finding.name: finding for finding in _findings([(OURS, L, *CHAINS)])}


def test_the_pipeline_stands_beside_l_and_has_targets(findings):
    assert findings["Throughput"].figure == 1
    assert findings["CPU of an application"].figure == 2
    assert findings["Throughput"].target is not None


def test_the_textbook_chains_stand_beside_the_same_l_without_targets(findings):
    chains = [finding for name, finding in findings.items() if "textbook" in name]

    assert [finding.figure for finding in chains] == [
        *(0.5, pytest.approx(3), 5),
        *(0.25, 5, pytest.approx(7)),
    ]
    assert all(finding.target is None for finding in chains)


def test_the_textbook_chain_has_three_tasks():
    steps = tasks.steps("1f")

    assert [task.name.rpartition(".")[2] for task in steps.tasks] == ["render", "store", "mail"]
