"""A column that is searched instead of several others."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from applications.text import fold


class FoldedText(models.TextField[str, str]):
    """The columns ``of`` the same row, joined and folded, so that a search is one comparison.

    Written by whatever writes a whole row: save() and bulk_create(). Not by update(), nor by
    save() with ``update_fields`` that leave it out.
    """

    def __init__(self, *, of: Sequence[str], **options: Any) -> None:
        self.of = tuple(of)
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's
        folded = fold("\n".join(str(getattr(model_instance, name)) for name in self.of))
        setattr(model_instance, self.attname, folded)
        return folded
