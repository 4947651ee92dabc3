import pytest

from benchmarks.textbook import tasks
from benchmarks.throughput import Drain, _findings

ROUND = (Drain(0.1, 0.2, 0.02), Drain(0.2, 0.3, 0.05), Drain(0.1, 0.1, 0.01))


@pytest.fixture
def findings():
    return {finding.name: finding for finding in _findings([ROUND])}


def test_the_pipeline_stands_beside_l_and_has_targets(findings):
    assert findings["Throughput"].figure == 1
    assert findings["CPU of an application"].figure == 2
    assert findings["Throughput"].target is not None


def test_the_textbook_chain_stands_beside_the_same_l_without_targets(findings):
    chain = [finding for name, finding in findings.items() if name.endswith("textbook chain")]

    assert [finding.figure for finding in chain] == [0.5, pytest.approx(3), 5]
    assert all(finding.target is None for finding in chain)


def test_the_textbook_chain_has_three_tasks():
    steps = tasks.steps("1f")

    assert [task.name.rpartition(".")[2] for task in steps.tasks] == ["render", "store", "mail"]
