"""Small makers of valid rows for the tests."""

import uuid
from typing import Any

from applications.models import Application, Brand, ConsentText, Document, Job, Letter
from tests.applications.uploads import samples


def make_job(**values: Any) -> Job:
    number = Job.objects.count() + 1
    return Job.objects.create(
        **{
            "slug": f"job-{number}",
            "title": "Backend Engineer",
            "department": "Engineering",
            "place": "Lisbon",
            "summary": "Build what carries applications.",
            "description": "# The work\n\nYou build.\n\n- one\n- two",
            **values,
        }
    )


def make_consent(**values: Any) -> ConsentText:
    body = "I agree that my application is kept for six months."
    return ConsentText.objects.create(**{"body": body, **values})


def make_application(**values: Any) -> Application:
    return Application.objects.create(
        **{
            "job": values.get("job") or make_job(),
            "submission_key": uuid.uuid4(),
            "full_name": "Ada Lovelace",
            "email": "ada@example.org",
            "phone": "+44 20 7946 0018",
            "cover_letter": "Dear team,\n\nI would like to work with you.",
            "consent": values.get("consent") or make_consent(),
            **values,
        }
    )


def make_document(application: Application, **values: Any) -> Document:
    return Document.objects.create(
        **{
            "application": application,
            "kind": Document.Kind.RESUME,
            "filename": "cv.pdf",
            "content_type": "application/pdf",
            "size": 3,
            "sha256": "0" * 64,
            **values,
        }
    )


def make_letter(application: Application | None = None, **values: Any) -> Letter:
    about = values.get("about") or str(application and application.pk)
    return Letter.objects.create(
        **{
            "application": application,
            "kind": Letter.Kind.NEW_APPLICATION,
            "about": about,
            "message_id": f"<{about}@example.com>",
            **values,
        }
    )


def make_brand(*, size: tuple[int, int] = (640, 160), **values: Any) -> Brand:
    """A company with a logo of this size in pixels."""
    brand = Brand(**{"name": "Fish & Sons", "colour": "#7c3aed", **values})
    brand.wear(samples.logo(size), "ab" * 32, size)
    brand.save()
    return brand
