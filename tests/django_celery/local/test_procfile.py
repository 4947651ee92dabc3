import pytest

from django_celery.local.procfile import commands
from pipelines.definition import again


def test_each_line_is_a_process_with_its_variables_filled_in():
    found = commands({"PORT": "8123"})
    assert list(found) == ["web", "render", "deliver", "housekeeping", "beat", "flower"]
    assert "127.0.0.1:8123" in found["web"]
    assert {command[0] for command in found.values()} == {"python"}


def test_a_missing_variable_is_an_error():
    with pytest.raises(KeyError, match="PORT"):
        commands({})


def test_every_queue_has_a_worker_and_every_worker_sends_events(settings):
    workers = [command for command in commands({"PORT": "1"}).values() if "worker" in command]
    served = [command[command.index("-Q") + 1] for command in workers]
    # A worker that serves a queue serves the one beside it by itself.
    declared = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    assert {*served, *map(again, served)} == declared
    assert [command for command in workers if "-E" not in command] == []
