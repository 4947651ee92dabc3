"""Job alerts that nobody confirmed, whose mailbox is gone, and letters of long ago: forgotten."""

from datetime import datetime, timedelta

from django.conf import settings

from applications.models import Alert, Letter

# For as long one that was set aside can be taken up again by its own link.
_SET_ASIDE_FOR = timedelta(days=30)


def forget(*, now: datetime) -> int:
    """Delete them; how many alerts it were. Safe to call at any time."""
    expired = Alert.objects.filter(
        confirmed_at__isnull=True, asked_at__lte=now - Alert.CONFIRM_WITHIN
    )
    unreachable = Alert.objects.filter(set_aside_at__lte=now - _SET_ASIDE_FOR)
    number = expired.delete()[0] + unreachable.delete()[0]
    long_ago = now - timedelta(days=settings.LEDGER_DAYS)
    Letter.objects.filter(
        kind__in=(Letter.Kind.ALERT, Letter.Kind.ALERT_CONFIRMATION), sent_at__lte=long_ago
    ).delete()
    return number
