"""The stories, one module each. A new one is found when it is named here."""

from applications.pipeline.alert_confirmation import alert_confirmation
from applications.pipeline.apply_now import apply_now
from applications.pipeline.closing import closing_confirmation, closing_reminder
from applications.pipeline.digest import digest
from applications.pipeline.erasure import erasure
from applications.pipeline.interview import interview_notice, interview_reminder
from applications.pipeline.planned_letter import planned_letter
from applications.pipeline.retention_notice import retention_notice
from applications.pipeline.waiting_reminder import waiting_reminder
from applications.pipeline.welcome import welcome
from applications.pipeline.withdrawal import withdrawal

__all__ = [
    "alert_confirmation",
    "apply_now",
    "closing_confirmation",
    "closing_reminder",
    "digest",
    "erasure",
    "interview_notice",
    "interview_reminder",
    "planned_letter",
    "retention_notice",
    "waiting_reminder",
    "welcome",
    "withdrawal",
]
