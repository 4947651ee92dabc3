"""The environment of the application's processes on this machine."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django_celery.local.mail import Inbox
from django_celery.local.ports import LOOPBACK
from django_celery.local.seaweedfs import Bucket


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the application needs to be told of the parts around it. The ports are its own."""

    folder: Path
    database_url: str
    redis_url: str
    broker_url: str
    bucket: Bucket
    inbox: Inbox
    port: int
    flower_port: int

    @property
    def site_url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def flower_url(self) -> str:
        return f"http://{LOOPBACK}:{self.flower_port}"


def environment(surroundings: Surroundings, settings: Mapping[str, str]) -> dict[str, str]:
    """The whole environment: this process's own, the settings, and on top where the parts are.

    A variable that says where a part is cannot be overridden: what runs here speaks to nobody else.
    """
    inherited = {name: value for name, value in os.environ.items() if not _is_foreign(name)}
    return {**inherited, **settings, **_parts(surroundings), **_python()}


def _is_foreign(name: str) -> bool:
    """Somebody's real account with Amazon must not be used by what runs here."""
    return name.startswith("AWS_")


def _python() -> dict[str, str]:
    """This very Python for the command ``python``, its output at once."""
    search_path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return {"PATH": search_path, "PYTHONUNBUFFERED": "1"}


def _parts(around: Surroundings) -> dict[str, str]:
    return {
        "DATABASE_URL": around.database_url,
        "REDIS_URL": around.redis_url,
        "CELERY_BROKER_URL": around.broker_url,
        "CELERY_RESULT_BACKEND": "",
        "PORT": str(around.port),
        "SITE_URL": around.site_url,
        "ALLOWED_HOSTS": f"{LOOPBACK},localhost",
        "FLOWER_ADDRESS": LOOPBACK,
        "FLOWER_PORT": str(around.flower_port),
        "FLOWER_URL": around.flower_url,
        "FLOWER_DB": str(around.folder / "flower"),
        **_storage(around.bucket),
        **_mail(around.inbox),
    }


def _storage(bucket: Bucket) -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": bucket.access_key,
        "AWS_SECRET_ACCESS_KEY": bucket.secret_key,
        "AWS_S3_REGION_NAME": bucket.region,
        "AWS_S3_ENDPOINT_URL": bucket.endpoint,
        "AWS_S3_PUBLIC_ENDPOINT_URL": "",
        "AWS_STORAGE_BUCKET_NAME": bucket.name,
    }


def _mail(inbox: Inbox) -> dict[str, str]:
    return {
        "EMAIL_HOST": LOOPBACK,
        "EMAIL_PORT": str(inbox.smtp_port),
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": "false",
        "EMAIL_USE_SSL": "false",
    }
