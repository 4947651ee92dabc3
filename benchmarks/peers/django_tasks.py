"""django-tasks with its database backend. See https://github.com/RealOrangeOne/django-tasks-db.

There is no broker beside the database. The task of a killed worker stays marked as running.
"""

from django_tasks import task

from benchmarks.peers import ended
from benchmarks.peers.peer import Peer, Promise


@task()
def first() -> None:
    second.enqueue()


@task()
def second() -> None:
    third.enqueue()


@task()
def third() -> None:
    end.enqueue()


@task()
def end() -> None:
    ended.count()


PEER = Peer(
    name="django-tasks",
    promises=frozenset({Promise.EMPTIED_BROKER, Promise.NO_DOUBLES}),
    worker=("python", "-m", "django", "db_worker", "--settings", "benchmarks.peers.settings"),
    greeting="Starting worker",
    send=first.enqueue,
)
