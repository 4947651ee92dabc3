"""Reports that the clock asks for. Each may be asked for again at any time."""

from datetime import UTC, datetime, timedelta

from applications.models import Report, report_key
from applications.reports.arrivals import write_csv
from applications.reports.keeping import keep

# An application has the time at which its form arrived, and is seen when its transaction ends: so
# a period ends as long before it is looked at as the slowest transaction and the most uneven
# clocks may need.
_SETTLED = timedelta(minutes=1)


def report_arrivals(*, since: datetime | None, until: datetime, now: datetime) -> None:
    """New applications and hires between two due times (aware); nothing if there are none.

    ``since`` is null at the first time: then it is all there are. Whatever arrived within the last
    minute is left to the next time. Raises storage.StorageUnavailable or StorageRefused.
    """
    report = Report(
        kind=Report.Kind.NEW_APPLICATIONS,
        since=since and since - _SETTLED,
        until=until - _SETTLED,
        key=report_key(Report.Kind.NEW_APPLICATIONS, f"{_name(until)}.csv"),
        content_type="text/csv; charset=utf-8",
    )
    keep(report, lambda file: write_csv(file, since=report.since, until=report.until), now=now)


def _name(moment: datetime) -> str:
    """In UTC, where no hour comes twice; to the minute unless it was asked for by hand."""
    utc = moment.astimezone(UTC)
    seconds = utc.strftime("%S%f") if utc.second or utc.microsecond else ""
    return f"{utc:%Y-%m-%dT%H%M}{seconds}Z"
