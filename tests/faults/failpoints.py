"""Places in the product at which a worker dies when it is told to.

Workers of the fault suite import this module (settings/__init__.py); the product knows nothing of
it. A failpoint is armed by a file of its name in the folder that ``FAILPOINTS`` names, with the
number of a signal in it: SIGKILL for the whole process group, or SIGSTOP for the process. Whoever
gets there first takes the file away and sends the signal, so each file strikes once.
"""

import os
import signal
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from celery.signals import task_success

from applications import documents, dossier, letters, storage
from applications.dossier import rendering
from applications.letters import delivery, session
from applications.models import Letter
from pipelines import ledger
from pipelines.ledger import records
from tests.faults.instants import POISON

_FOLDER = Path(os.environ["FAILPOINTS"])
_STEP_OF = {
    Letter.Kind.NEW_APPLICATION: "email_hr",
    Letter.Kind.APPLICATION_RECEIVED: "email_applicant",
}
# Whose letter this thread is sending: an SMTP connection knows no steps.
_sending = threading.local()

Function = Callable[..., Any]


def _reach(name: str) -> None:
    armed = _FOLDER / name
    try:
        number = int(armed.read_text())
        armed.unlink()
    except FileNotFoundError:
        return
    if number == signal.SIGKILL:
        os.killpg(0, number)
    else:
        # A stop that is sent to the process may reach another thread first, and this one goes on.
        signal.pthread_kill(threading.get_ident(), number)


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
            _reach(f"dot.{_sending.step}")
            return getreply()

        self.getreply = reply
        try:
            return end_body(self)
        finally:
            del self.getreply

    connection_class._end_body = deadly


def _dies_of_poison(owner: Any, function: str, step: str) -> None:
    original: Function = getattr(owner, function)

    @wraps(original)
    def deadly(application: Any, **options: Any) -> Any:
        if application.email.startswith(POISON[step]):
            os.kill(os.getpid(), signal.SIGKILL)
        return original(application, **options)

    setattr(owner, function, deadly)


def _intended(letter: Any, *_message: Any) -> str:
    _sending.step = _step_of(letter)
    return f"intent.{_sending.step}"


def _step_of(letter: Any) -> str:
    """Other letters than those of Apply Now are of no step here."""
    return _STEP_OF.get(letter.kind, "none")


def _has_ended(sender: Any, **_: Any) -> None:
    """The message of the next step is out; the main process has not heard of the end."""
    _reach(f"ended.{sender.name.rpartition('.')[2]}")


def _always(name: str) -> Callable[..., str]:
    return lambda *_args: name


_dies_after(ledger, "claim", lambda _run, step, *_more: f"claimed.{step}")
_dies_after(rendering, "compose", _always("drawing.render_dossier"))
_dies_after(dossier, "render", _always("rendered.render_dossier"))
_dies_after(documents, "stage_dossier", _always("kept.render_dossier"))
_dies_after(storage, "put", _always("put.store_dossier"))
_dies_after(documents, "_let_go", _always("cleared.store_dossier"))
_dies_after(delivery, "_intend", _intended)
_dies_before_the_reply(session.Session)
_dies_after(session.Session, "_end_body", lambda *_connection: f"reply.{_sending.step}")
_dies_after(delivery, "_record_sent", lambda letter, *_more: f"letter.{_step_of(letter)}")
# The run's row and the step's are held: the transaction is not over.
_dies_after(records, "_finish", lambda claim, *_more: f"recording.{claim.step}")
_dies_after(ledger, "succeed", lambda claim, *_more: f"recorded.{claim.step}")
task_success.connect(_has_ended)
_dies_of_poison(dossier, "render", "render_dossier")
_dies_of_poison(letters, "new_application", "email_hr")
