"""What a worker does once, before it forks: the first render of a process is slow."""

import gc
from typing import Any

from celery.signals import worker_init

from applications import dossier


@worker_init.connect
def warm_up_rendering(sender: Any, **_: Any) -> None:
    """Draw one page, in workers that render, and share what that loaded.

    The garbage collector of a process writes into every object that it looks at, and so copies
    what was shared. https://docs.python.org/3/library/gc.html#gc.freeze
    """
    if "render" in sender.app.amqp.queues.consume_from:
        dossier.warm_up()
        gc.collect()
        gc.freeze()
