"""What a person may decide about a letter in doubt, and the words for it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.services import doubt


@dataclass(frozen=True)
class Decision:
    """One of the choices: what is asked, what follows, what is said and logged once it is done."""

    name: str
    question: str | Promise
    consequence: str | Promise
    button: str | Promise
    done: str | Promise
    log: str
    decide: Callable[..., bool]


DECISIONS = (
    Decision(
        name="arrived",
        question=_("Did this letter arrive?"),
        consequence=_(
            "It is taken for sent, and no other copy goes out. Choose this when the person it is "
            "for has it, or when the log of the mail server shows that it was taken."
        ),
        button=_("It arrived"),
        done=_("The letter is taken for sent."),
        log="Decided that a letter in doubt had arrived: %s.",
        decide=doubt.arrived,
    ),
    Decision(
        name="send_again",
        question=_("Send this letter again?"),
        consequence=_(
            "One more copy goes out, under the same Message-ID. If the first one did arrive, the "
            "person it is for has two."
        ),
        button=_("Send it again"),
        done=_("One more copy goes out: the next free worker sends it."),
        log="Had a letter in doubt sent again: %s.",
        decide=doubt.send_again,
    ),
)
