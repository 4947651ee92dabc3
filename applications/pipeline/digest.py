"""The story of a morning's digest."""

from applications import letters
from applications.models import Digest
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, step


@step(queue="deliver", timeout=300, retry=mail_again)
def send_digest(subject: Digest) -> None:
    """Tell one of HR's addresses what came in, and what failed or waits."""
    letters.digest(subject)


digest = Pipeline(
    name="digest",
    subject=Digest,
    story=(send_digest,),
)
