"""Run as a program: writes the SHA-256 of a dossier that it makes of rows on standard input.

The rows are Django's JSON serialization of an application and all that it refers to; the first
argument is the path of its photo.
"""

import hashlib
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core import serializers
from django.db import connection


def main():
    django.setup()
    rows = list(serializers.deserialize("json", sys.stdin.read()))
    models = {type(row.object): None for row in rows}
    with connection.schema_editor() as editor:
        for model in (*models, apps.get_model("applications", "Brand")):
            editor.create_model(model)
    for row in rows:
        row.save()
    sys.stdout.write(
        _fingerprint(next(row.object for row in rows if "reference" in vars(row.object)))
    )


def _fingerprint(application):
    from applications import dossier  # noqa: PLC0415 - models can be imported after setup() only

    photo = Path(sys.argv[1]).read_bytes()
    return hashlib.sha256(dossier.render(application, photo=photo)).hexdigest()


if __name__ == "__main__":
    main()
