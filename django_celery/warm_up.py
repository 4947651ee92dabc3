"""What a worker does once, before it forks: the first render of a process is slow."""

from typing import Any

from celery.signals import worker_init

from applications import dossier


@worker_init.connect
def warm_up_rendering(sender: Any, **_: Any) -> None:
    """Draw one page, in workers that render."""
    if "render" in sender.app.amqp.queues.consume_from:
        dossier.warm_up()
