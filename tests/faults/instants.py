"""The steps of Apply Now, and the instants of each at which a worker can be told to die."""

from collections.abc import Iterable
from dataclasses import dataclass

MAIL = ("email_hr", "email_applicant")
STEPS = ("render_dossier", "store_dossier", *MAIL)

# How the address of somebody begins whose application kills whoever is at this step of it.
POISON = {"render_dossier": "poison.render.", "email_hr": "poison.letter."}


@dataclass(frozen=True, slots=True)
class Instant:
    """A place in a step, by the name of its failpoint: ``<place>.<step>``."""

    place: str
    step: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.place}.{self.step}"

    @property
    def worker(self) -> str:
        """Who gets there."""
        return worker_of(self.step)


def worker_of(step: str) -> str:
    return "render" if step == "render_dossier" else "deliver"


def _at(place: str, text: str, *steps: str) -> Iterable[Instant]:
    return (Instant(place, step, text) for step in steps)


# In the order in which they come.
INSTANTS = {
    instant.name: instant
    for instant in (
        *(Instant("claimed", step, f"after the claim of {step}") for step in STEPS),
        *_at("drawing", "in the middle of a render", "render_dossier"),
        *_at("rendered", "after the render", "render_dossier"),
        *_at("kept", "after the dossier is kept", "render_dossier"),
        *_at("put", "after the PUT", "store_dossier"),
        *_at("cleared", "after the staging is cleared", "store_dossier"),
        *_at("intent", "after the intent", *MAIL),
        *_at("dot", "after the final dot", *MAIL),
        *_at("reply", "after the 250", *MAIL),
        *_at("letter", "after the letter's record", *MAIL),
        *(Instant("recording", step, f"within the record of {step}") for step in STEPS),
        *(Instant("recorded", step, f"after the record of {step}") for step in STEPS),
        *_at("ended", "after the next step's message", "render_dossier"),
    )
}
