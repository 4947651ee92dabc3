"""Each morning at 8: subscribers hear of the positions that are new."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.letters import LetterTaken, MailInDoubt, MailUnavailable
from applications.services.alerts import forgetting, mailing
from pipelines.definition import Retry, step
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion

# It ends before the next morning, which waits for it.
_mail_the_rest = Retry(
    on=(MailUnavailable, MailInDoubt, LetterTaken, mailing.MoreToMail),
    waits=(60, 300, 900, 1800),
    lasting=timedelta(hours=20),
)


@step(queue="housekeeping", timeout=300)
def forget_unconfirmed(_occasion: Occasion) -> None:
    """Those that nobody confirmed within days, and those whose mailbox is gone."""
    forgetting.forget(now=timezone.now())


@step(queue="deliver", timeout=3000, retry=_mail_the_rest)
def mail_subscribers(occasion: Occasion) -> None:
    """A letter to each who has not got theirs of this occasion, if anything is new to them."""
    mailing.mail(occasion.due_at, now=timezone.now())


job_alerts = Schedule(
    name="job_alerts",
    story=(forget_unconfirmed, mail_subscribers),
    cron="0 8 * * *",
    catch_up=timedelta(hours=12),
    title=_("Job alerts"),
    purpose=_("Mails subscribers the positions that are new since their last letter."),
)
