import psycopg
import pytest

from django_celery.local import postgres
from django_celery.local.ports import Ports


def test_postgres_remembers_across_runs_and_asks_for_its_password(running, tmp_path):
    folder = tmp_path / "postgres"
    port = Ports().take()
    first = running(postgres.part(port, folder=folder))
    with psycopg.connect(postgres.url(port, folder=folder)) as connection:
        connection.execute("CREATE TABLE things (name text)")
        connection.execute("INSERT INTO things VALUES ('Ünïcode 日本')")
    first.stop()
    port = Ports().take()
    running(postgres.part(port, folder=folder))
    with psycopg.connect(postgres.url(port, folder=folder)) as connection:
        assert connection.execute("SELECT name FROM things").fetchall() == [("Ünïcode 日本",)]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgres://postgres@127.0.0.1:{port}/postgres")
    assert (folder / "password").stat().st_mode & 0o077 == 0
