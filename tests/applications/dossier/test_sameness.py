"""The same application gives the same bytes."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from django.core import serializers

from applications import dossier
from applications.dossier import pdf
from tests.factories import make_application

ODD_NAME = "أمينة Okafor 山田 🌻"


@pytest.fixture
def application(application):
    """With fonts that are found by falling back."""
    application.full_name = ODD_NAME
    application.save()
    return application


def fingerprint(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def rerendered(application, photo, tmp_path):
    """The fingerprint that a process of its own, with that environment, makes of the same rows."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(photo)
    rows = [
        application.job,
        application.consent,
        application,
        *application.answers.all(),
        *application.documents.all(),
    ]
    serialized = serializers.serialize("json", rows)

    def run(environment):
        return subprocess.run(
            [sys.executable, "-m", "tests.applications.dossier.rerender", str(path)],
            input=serialized,
            env={**os.environ, "DATABASE_URL": "sqlite:///:memory:", **environment},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    return run


def test_every_process_makes_the_same_bytes(application, photo, rerendered):
    environments = (
        {"PYTHONHASHSEED": "1", "LANG": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "LANG": "ja_JP.UTF-8", "TZ": "Asia/Tokyo"},
    )

    with ThreadPoolExecutor() as threads:
        elsewhere = set(threads.map(rerendered, environments))

    assert elsewhere == {fingerprint(dossier.render(application, photo=photo))}


def test_what_was_rendered_before_leaves_no_trace(application, photo):
    first = dossier.render(application, photo=photo)

    dossier.render(make_application(full_name="王小明", cover_letter="您好 🎉"), photo=None)

    assert dossier.render(application, photo=photo) == first


def test_another_application_has_another_identifier(application):
    other = make_application(
        job=application.job, full_name=ODD_NAME, submitted_at=application.submitted_at
    )

    assert dossier.render(other, photo=None) != dossier.render(application, photo=None)


def test_a_changed_letter_changes_the_bytes(application):
    first = dossier.render(application, photo=None)
    application.cover_letter += "!"

    assert dossier.render(application, photo=None) != first


PAGE = """<html lang="en">
<head><title>Page</title></head><body>Amina أمينة 山田 🌻</body>
</html>"""


def test_a_process_forked_after_warming_up_renders_alike():
    dossier.warm_up()
    here = pdf.typeset(PAGE, colour="#0b5d4e", identifier="1", variant=pdf.PDF_UA)

    with get_context("fork").Pool(1) as pool:
        there = pool.apply_async(
            pdf.typeset, (PAGE,), {"colour": "#0b5d4e", "identifier": "1", "variant": pdf.PDF_UA}
        ).get(timeout=60)

    assert there == here


def test_threads_render_one_after_another_and_alike():
    here = pdf.typeset(PAGE, colour="#0b5d4e", identifier="1", variant=pdf.PDF_UA)

    with ThreadPoolExecutor(4) as threads:
        there = list(
            threads.map(
                lambda _turn: pdf.typeset(
                    PAGE, colour="#0b5d4e", identifier="1", variant=pdf.PDF_UA
                ),
                range(8),
            )
        )

    assert set(there) == {here}
