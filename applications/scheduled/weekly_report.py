"""Mondays at 9: HR gets the figures of the week before, as a workbook and as pages."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.pipeline.retries import mail_again, store_again
from applications.services import reporting
from pipelines.definition import step, together
from pipelines.schedules.definition import Schedule
from pipelines.schedules.models import Occasion


@step(queue="housekeeping", timeout=900, retry=store_again)
def write_workbook(occasion: Occasion) -> None:
    """The figures with charts, for a spreadsheet."""
    reporting.write_weekly_workbook(occasion.due_at, now=timezone.now())


@step(queue="housekeeping", timeout=900, retry=store_again)
def draw_pages(occasion: Occasion) -> None:
    """The same as PDF."""
    reporting.draw_weekly_pages(occasion.due_at, now=timezone.now())


@step(queue="deliver", timeout=300, retry=mail_again)
def email_hr(occasion: Occasion) -> None:
    """Both to HR, once."""
    reporting.mail_weekly(occasion.due_at, about=str(occasion.pk))


weekly_report = Schedule(
    name="weekly_report",
    story=(together(write_workbook, draw_pages), email_hr),
    cron="0 9 * * mon",
    catch_up=timedelta(days=6),
    title=_("Weekly report"),
    purpose=_("Mails HR the figures of the week before, as a workbook and as a PDF."),
)
