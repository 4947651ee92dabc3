"""Workers that import this say which messages the broker gave them a second time.

What a sweep sent again is another message for the same attempt, and does not count.
"""

import logging
from typing import Any

from celery.signals import task_received

WORDS = "Delivered again: "

logger = logging.getLogger(__name__)


@task_received.connect
def _tell(request: Any, **_: Any) -> None:
    if request.delivery_info.get("redelivered"):
        logger.warning("%s%s", WORDS, request.id)
