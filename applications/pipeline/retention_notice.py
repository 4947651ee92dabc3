"""The story of a notice: an application has been kept long enough."""

from applications import letters
from applications.models import RetentionNotice
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, step


@step(queue="deliver", timeout=300, retry=mail_again)
def announce_erasure(notice: RetentionNotice) -> None:
    """Tell the applicant until when it is kept, and what they can do."""
    letters.retention_notice(notice)


retention_notice = Pipeline(
    name="retention_notice",
    subject=RetentionNotice,
    story=(announce_erasure,),
)
