"""Telling Flower what it could not hear by itself.

Flower knows what workers say in events. A worker that was killed says nothing more, and a Flower
that was down heard nothing. https://docs.celeryq.dev/en/stable/userguide/monitoring.html#events
"""

from pipelines.flower.asking import Flower, FlowerAway
from pipelines.flower.correcting import correct
from pipelines.flower.telling import retell, tell_ended, tell_history

__all__ = ["Flower", "FlowerAway", "correct", "retell", "tell_ended", "tell_history"]
