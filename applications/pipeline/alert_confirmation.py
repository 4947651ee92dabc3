"""The story of a job alert that was asked for: its mailbox is asked whether it is meant."""

from datetime import timedelta

from django.utils import timezone

from applications import letters
from applications.letters import (
    MailAccountRefused,
    MailRefused,
    MailServerAway,
    MailUnavailable,
)
from applications.models import Alert, Letter
from applications.pipeline.retries import mail_again
from pipelines.definition import Pipeline, step

_PATIENCE = timedelta(days=1)


@step(queue="deliver", timeout=300, retry=mail_again)
def ask_mailbox(alert: Alert) -> None:
    """Send the link that confirms it. An address that takes no letter is forgotten.

    That is no failure: anybody can type such addresses into the form.
    """
    try:
        letters.alert_confirmation(alert)
    except (MailServerAway, MailAccountRefused):
        raise
    except MailRefused:
        _forget(alert)
    except MailUnavailable:
        if timezone.now() - alert.asked_at < _PATIENCE:
            raise
        _forget(alert)


def _forget(alert: Alert) -> None:
    unsent = Letter.objects.filter(kind=Letter.Kind.ALERT_CONFIRMATION, intent_at__isnull=True)
    unsent.filter(about=str(alert.pk)).delete()
    alert.delete()


alert_confirmation = Pipeline(
    name="alert_confirmation",
    subject=Alert,
    story=(ask_mailbox,),
)
