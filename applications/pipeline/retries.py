"""When the steps of this domain are tried again."""

from datetime import timedelta

from applications.letters import LetterTaken, MailInDoubt, MailUnavailable
from applications.storage import StorageUnavailable
from pipelines.definition import Retry

_WAITS = (1, 5, 15, 15, 30, 60, 120, 300, 600)

store_again = Retry(on=(StorageUnavailable,), waits=_WAITS, lasting=timedelta(hours=72))
mail_again = Retry(
    on=(MailUnavailable, MailInDoubt, LetterTaken, StorageUnavailable),
    waits=_WAITS,
    lasting=timedelta(hours=72),
)
