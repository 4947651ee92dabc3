"""Reports that the clock asks for. Each may be asked for again at any time."""

from datetime import UTC, datetime, timedelta
from typing import IO

from applications import letters, storage
from applications.models import Report, report_key
from applications.reports import paper, weeks
from applications.reports.arrivals import write_csv
from applications.reports.figures import figures_of
from applications.reports.keeping import keep
from applications.reports.weeks import Week
from applications.reports.workbook import write_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"

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


def write_weekly_workbook(due_at: datetime, *, now: datetime) -> None:
    """The last week before ``due_at`` (aware) as a workbook; a week's is made once.

    Raises storage.StorageUnavailable or StorageRefused.
    """
    week = weeks.last_before(due_at)

    def write(file: IO[bytes]) -> int:
        figures = figures_of(week)
        write_workbook(file, figures)
        return figures.count

    keep(_weekly(week, "xlsx", _XLSX), write, now=now)


def draw_weekly_pages(due_at: datetime, *, now: datetime) -> None:
    """The same as PDF. Raises storage.StorageUnavailable or StorageRefused."""
    week = weeks.last_before(due_at)

    def write(file: IO[bytes]) -> int:
        figures = figures_of(week)
        file.write(paper.draw(figures))
        return figures.count

    keep(_weekly(week, "pdf", _PDF), write, now=now)


def mail_weekly(due_at: datetime, *, about: str) -> None:
    """Both to HR, in one letter for each ``about``. Raises what letters and storage raise."""
    name = weeks.last_before(due_at).name
    keys = [report_key(Report.Kind.WEEKLY, f"{name}.{ending}") for ending in ("pdf", "xlsx")]
    found = [Report.objects.get(key=key) for key in keys]
    enclosures = [
        letters.Enclosure(each.filename, each.content_type, storage.get(each.key)) for each in found
    ]
    letters.weekly_report(found[0], about=about, enclosures=enclosures)


def _weekly(week: Week, ending: str, content_type: str) -> Report:
    return Report(
        kind=Report.Kind.WEEKLY,
        since=week.start,
        until=week.end,
        key=report_key(Report.Kind.WEEKLY, f"{week.name}.{ending}"),
        content_type=content_type,
    )


def _name(moment: datetime) -> str:
    """In UTC, where no hour comes twice; to the minute unless it was asked for by hand."""
    utc = moment.astimezone(UTC)
    seconds = utc.strftime("%S%f") if utc.second or utc.microsecond else ""
    return f"{utc:%Y-%m-%dT%H%M}{seconds}Z"
