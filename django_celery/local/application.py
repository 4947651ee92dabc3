"""The application's own processes: the Procfile's lines as parts."""

from collections.abc import Mapping

from django_celery.local import conditions, procfile
from django_celery.local.conditions import Condition
from django_celery.local.process import Part

# Python, Django, and everything that an application touches, in six processes at once.
_START_LIMIT = 120


def parts(environment: Mapping[str, str]) -> list[Part]:
    """Each with its condition; how they are found is all in the environment."""
    return [
        Part(
            name=name,
            command=command,
            environment=environment,
            is_ready=_condition(name, environment),
            port=_port(name, environment),
            stop_limit=30,
            start_limit=_START_LIMIT,
        )
        for name, command in procfile.commands(environment).items()
    ]


def _condition(name: str, environment: Mapping[str, str]) -> Condition:
    """Beat answers no calls, so its word is taken; whatever else is no server is a worker."""
    match name:
        case "web":
            return conditions.answers(f"{environment['SITE_URL']}/healthz")
        case "flower":
            # All that it remembers would take it longer than a look at it may last.
            url = f"{environment['FLOWER_URL']}/api/tasks?limit=1"
            return conditions.answers(url, login=environment["FLOWER_BASIC_AUTH"])
        case "beat":
            return conditions.prints("beat: Starting...")
        case worker:
            return conditions.pongs(worker, broker=environment["CELERY_BROKER_URL"])


def _port(name: str, environment: Mapping[str, str]) -> int | None:
    variable = {"web": "PORT", "flower": "FLOWER_PORT"}.get(name)
    return int(environment[variable]) if variable else None
