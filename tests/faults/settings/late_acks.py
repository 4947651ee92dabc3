"""Late acknowledgement, and messages that the broker gives to somebody else after a second.

It looks for them each second, too: by itself it would do so in each hundredth one. Who looks holds
a lock meanwhile, and one whose connection is reset in that instant leaves it locked for five
minutes: so these workers have a lock of their own, that nobody can have left.
"""

from tests.faults import redelivery  # noqa: F401 - its signal
from tests.faults.settings import *  # noqa: F403

CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,  # noqa: F405
    "visibility_timeout": 1,
    "unacked_mutex_key": "unacked_mutex.late_acks",
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
