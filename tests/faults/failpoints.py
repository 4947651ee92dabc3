"""Places in the product at which a worker dies when it is told to.

Workers of the fault suite import this module (settings/__init__.py); the product knows nothing of
it. A failpoint is armed by a file of its name in the folder that ``FAILPOINTS`` names, with the
number of a signal in it. Whoever gets there first takes the file away and sends the signal to its
whole process group, so each file strikes once.
"""

import os
import signal
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from applications import documents, dossier, storage
from applications.letters import delivery, smtp
from pipelines import ledger
from pipelines.ledger import records
from tests.faults.instants import POISON

_FOLDER = Path(os.environ["FAILPOINTS"])

Function = Callable[..., Any]


def _reach(name: str) -> None:
    try:
        number = int((_FOLDER / name).read_text())
        (_FOLDER / name).unlink()
    except FileNotFoundError:
        return
    os.killpg(0, number)


def _dies_after(owner: Any, function: str, name: Callable[..., str]) -> None:
    original: Function = getattr(owner, function)

    @wraps(original)
    def deadly(*args: Any, **options: Any) -> Any:
        result = original(*args, **options)
        _reach(name(*args))
        return result

    setattr(owner, function, deadly)


def _dies_before_the_reply(connection_class: Any) -> None:
    end_body: Function = connection_class._end_body

    @wraps(end_body)
    def deadly(self: Any) -> Any:
        getreply = self.getreply

        def reply() -> Any:
            _reach("dot")
            return getreply()

        self.getreply = reply
        try:
            return end_body(self)
        finally:
            del self.getreply

    connection_class._end_body = deadly


def _dies_of_poison() -> None:
    render: Function = dossier.render

    @wraps(render)
    def deadly(application: Any, **options: Any) -> Any:
        if application.email.startswith(POISON):
            os.kill(os.getpid(), signal.SIGKILL)
        return render(application, **options)

    dossier.render = deadly


_dies_after(ledger, "claim", lambda _run, step, *_more: f"claimed.{step}")
_dies_after(dossier, "render", lambda *_application: "rendered")
_dies_after(documents, "stage_dossier", lambda *_about: "kept")
_dies_after(storage, "put", lambda *_object: "put")
_dies_after(delivery, "_intend", lambda *_letter: "intent")
_dies_before_the_reply(smtp._Announced)
_dies_after(smtp._Announced, "_end_body", lambda *_connection: "reply")
# The run's row and the step's are held: the transaction is not over.
_dies_after(records, "_finish", lambda claim, *_more: f"recording.{claim.step}")
_dies_after(delivery, "_record_sent", lambda *_letter: "letter")
_dies_after(ledger, "succeed", lambda claim, *_more: f"recorded.{claim.step}")
_dies_of_poison()
