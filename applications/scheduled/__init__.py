"""What the clock does, one schedule a module. A new one is found when it is named here.

The steps are thin: each calls one service, which does all that has come up and may be called
again at any time.
"""

from applications.scheduled.alarm import alarm
from applications.scheduled.backup import backup
from applications.scheduled.closing_reminders import closing_reminders
from applications.scheduled.flower import flower
from applications.scheduled.forget_addresses import forget_addresses
from applications.scheduled.forget_kept_files import forget_kept_files
from applications.scheduled.hr_digest import hr_digest
from applications.scheduled.interview_reminders import interview_reminders
from applications.scheduled.job_alerts import job_alerts
from applications.scheduled.planned import planned
from applications.scheduled.reconcile import reconcile
from applications.scheduled.refresh_public import refresh_public
from applications.scheduled.report_new_applications import report_new_applications
from applications.scheduled.retention import retention
from applications.scheduled.trim_ledger import trim_ledger
from applications.scheduled.update_states import update_states
from applications.scheduled.waiting_reminders import waiting_reminders
from applications.scheduled.weekly_report import weekly_report

__all__ = [
    "alarm",
    "backup",
    "closing_reminders",
    "flower",
    "forget_addresses",
    "forget_kept_files",
    "hr_digest",
    "interview_reminders",
    "job_alerts",
    "planned",
    "reconcile",
    "refresh_public",
    "report_new_applications",
    "retention",
    "trim_ledger",
    "update_states",
    "waiting_reminders",
    "weekly_report",
]
