"""The back office of the library: runs to look at, and to resume. Never written by hand."""

from pipelines.admin import runs

__all__ = ["runs"]
