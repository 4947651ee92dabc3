"""Late acknowledgement, and messages that the broker gives to somebody else after a second."""

from tests.faults.settings import *  # noqa: F403

CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,  # noqa: F405
    "visibility_timeout": 1,
}
