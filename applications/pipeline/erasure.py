"""The story of an erasure: what happens when an applicant wants all their data gone."""

from django.utils import timezone

from applications import erasing, letters
from applications.models import Erasure
from applications.pipeline.retries import after_rest, mail_again, store_again, wait_for_rest
from pipelines.definition import Pipeline, step, together


@step(queue="deliver", timeout=120, retry=after_rest)
def erase_records(erasure: Erasure) -> None:
    """Delete the rows, once nobody works on the application any more."""
    for subject in erasing.subjects(erasure.application_id):
        wait_for_rest(subject)
    erasing.erase_records(erasure)


@step(queue="deliver", timeout=120, retry=store_again)
def erase_objects(erasure: Erasure) -> None:
    """Delete the objects with all their versions."""
    erasing.erase_objects(erasure, now=timezone.now())


@step(queue="deliver", timeout=300, retry=mail_again)
def email_hr(erasure: Erasure) -> None:
    """Ask HR to delete what they were mailed."""
    letters.application_erased(erasure)


@step(queue="deliver", timeout=300, retry=mail_again)
def email_applicant(erasure: Erasure) -> None:
    """Give the applicant a receipt of what went."""
    letters.erasure_receipt(erasure)


@step(queue="deliver", timeout=60)
def forget_address(erasure: Erasure) -> None:
    """Keep a count and a date."""
    erasing.forget(erasure, now=timezone.now())


erasure = Pipeline(
    name="erasure",
    subject=Erasure,
    # Rows before objects: what is not in the database can be neither stored nor drawn again.
    story=(
        erase_records,
        erase_objects,
        together(email_hr, email_applicant),
        forget_address,
    ),
)
