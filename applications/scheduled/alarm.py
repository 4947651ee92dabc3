"""Each minute: ADMINS hear when runs begin to fail, and when none is left."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pipelines import alarm as failures
from pipelines.definition import Retry, StepError, step
from pipelines.models import Run
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


class AdminsUnreachable(StepError):
    """The mail server did not take the mail."""


_tell_again = Retry(on=(AdminsUnreachable,), waits=(60, 300), lasting=timedelta(hours=72))


@step(queue="housekeeping", timeout=120, retry=_tell_again)
def tell_admins(_occasion: Occasion) -> None:
    """One mail, however many runs there are."""
    address = f"{settings.SITE_URL}{reverse('admin:pipelines_run_changelist')}"
    try:
        failures.watch(address=f"{address}?status__exact={Run.Status.FAILED}", now=timezone.now())
    except OSError as error:
        # Every error of SMTP is one.
        raise AdminsUnreachable(f"The mail went not out ({type(error).__name__}).") from None


alarm = Schedule(
    name="alarm",
    story=(tell_admins,),
    cron="* * * * *",
    catch_up=timedelta(minutes=2),
    title=_("Alarm"),
    purpose=_("Mails the administrators when runs begin to fail, and when none is left."),
)
