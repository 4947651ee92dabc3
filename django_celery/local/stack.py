"""The whole system on this machine: the servers and the application's processes."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from django_celery.env import BASE_DIR
from django_celery.local import application, postgres, rabbitmq, redis, seaweedfs
from django_celery.local.crew import Crew
from django_celery.local.environment import Surroundings, environment
from django_celery.local.mail import Inbox
from django_celery.local.ports import LOOPBACK, Ports
from django_celery.local.process import Part, PartFailed, Process, wait_until_ready
from django_celery.local.seaweedfs import Bucket
from django_celery.local.settings_file import generated_secrets
from django_celery.local.supervisor import Event, Tell

PORTS = ("web", "redis", "s3", "smtp", "inbox", "flower", "postgres", "rabbitmq")

# First those who bring work and do it, then who watches them, last what all of them need.
_STOPPED_FIRST = (("web", "beat", "render", "deliver", "housekeeping"), ("flower",))


class Engine(Enum):
    """Which database the application gets."""

    SQLITE = "SQLite"
    POSTGRESQL = "PostgreSQL"


class Broker(Enum):
    """What carries the messages. Redis is there either way, for results and the cache."""

    REDIS = "Redis"
    RABBITMQ = "RabbitMQ"


def _say_nothing(_event: Event) -> None:
    """Nobody listens."""


class Stack:
    """All parts, each addressable by its name: ``stack["render"].kill()``.

    A part that dies is started again; one that was stopped stays down until it is started. All
    they write is in ``folder``, their logs in ``folder/log``. ``settings`` are variables of
    .env.example; secrets that are missing there are made up. ``preferred`` are port numbers by the
    names in PORTS. As a context manager it is up when entered and down when left.
    """

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, str] = MappingProxyType({}),
        engine: Engine = Engine.SQLITE,
        broker: Broker = Broker.REDIS,
        preferred: Mapping[str, int] = MappingProxyType({}),
        tell: Tell = _say_nothing,
    ) -> None:
        self.folder = folder.resolve()
        self.settings = {**generated_secrets(), **settings}
        self._engine = engine
        self._broker = broker
        self._spare_ports = Ports()
        self.ports = {name: self._spare_ports.take(preferred.get(name)) for name in PORTS}
        self.inbox = Inbox(self.ports["smtp"], self.ports["inbox"])
        self.bucket = self._bucket()
        self._crew = Crew(logs=self.folder / "log", tell=tell)
        self._held = ExitStack()

    @property
    def site_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['web']}"

    @property
    def flower_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['flower']}"

    @property
    def has_database(self) -> bool:
        """Whether there is one from an earlier run."""
        files = {Engine.SQLITE: "db.sqlite3", Engine.POSTGRESQL: "postgres/data/PG_VERSION"}
        return (self.folder / files[self._engine]).exists()

    @property
    def environment(self) -> dict[str, str]:
        """What the application's processes get: for another process that is to belong to them."""
        return environment(
            Surroundings(
                folder=self.folder,
                database_url=self._database_url,
                redis_url=redis.url(self.ports["redis"]),
                broker_url=self._broker_url,
                bucket=self.bucket,
                inbox=self.inbox,
                port=self.ports["web"],
                flower_port=self.ports["flower"],
            ),
            self.settings,
        )

    def __getitem__(self, name: str) -> Process:
        return self._crew[name]

    def __iter__(self) -> Iterator[Process]:
        return iter(self._crew)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Bring all parts up. Raises PartFailed; then nothing is left running."""
        self._held.enter_context(_only_one(self.folder))
        try:
            self._start_servers()
            self._crew.wait_for(self._crew.launch(application.parts(self.environment)))
        except BaseException:
            self.stop()
            raise
        self._crew.supervise()

    def stop(self) -> None:
        """Stop all parts in good order. Harmless when they are down."""
        self._crew.stop(*_STOPPED_FIRST)
        self._held.close()

    def manage(self, *arguments: str) -> str:
        """Run a management command in the application's environment; what it printed.

        Raises PartFailed if it fails.
        """
        done = subprocess.run(  # noqa: S603 - this project's own command line
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PartFailed(f"manage.py {' '.join(arguments)} failed:\n{done.stderr.strip()}")
        return done.stdout

    @property
    def _database_url(self) -> str:
        if self._engine is Engine.POSTGRESQL:
            return postgres.url(self.ports["postgres"], folder=self.folder / "postgres")
        return f"sqlite:///{self.folder / 'db.sqlite3'}"

    @property
    def _broker_url(self) -> str:
        is_redis = self._broker is Broker.REDIS
        return redis.url(self.ports["redis"]) if is_redis else rabbitmq.url(self.ports["rabbitmq"])

    def _bucket(self) -> Bucket:
        return Bucket(
            self.ports["s3"],
            self.settings.get("AWS_STORAGE_BUCKET_NAME", "applications"),
            self.settings["AWS_ACCESS_KEY_ID"],
            self.settings["AWS_SECRET_ACCESS_KEY"],
        )

    def _servers(self) -> Iterator[Part]:
        yield redis.part(self.ports["redis"], folder=self.folder / "redis")
        yield seaweedfs.part(self.bucket, folder=self.folder / "s3", ports=self._spare_ports)
        yield self.inbox.part(folder=self.folder / "inbox")
        if self._engine is Engine.POSTGRESQL:
            yield postgres.part(self.ports["postgres"], folder=self.folder / "postgres")
        if self._broker is Broker.RABBITMQ:
            folder = self.folder / "rabbitmq"
            yield rabbitmq.part(self.ports["rabbitmq"], folder=folder, ports=self._spare_ports)

    def _start_servers(self) -> None:
        """And prepare the database meanwhile, as soon as it answers."""
        servers = self._crew.launch(self._servers())
        if self._engine is Engine.POSTGRESQL:
            wait_until_ready(self["postgres"])
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(self._crew.wait_for, servers)
            try:
                self.manage("migrate", "--no-input")
            except BaseException:
                self._crew.stop()  # so that the pool has nobody to wait for any more
                raise
            waiting.result()


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder. Raises PartFailed when another stack does."""
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PartFailed(f"{folder} is in use by another run: stop that one first.") from None
        yield
