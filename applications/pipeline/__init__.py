"""The stories, one module each. A new one is found when it is named here."""

from applications.pipeline.apply_now import apply_now

__all__ = ["apply_now"]
