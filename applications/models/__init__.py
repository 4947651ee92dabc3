"""What the domain keeps in the database."""

from applications.models.alert import Alert
from applications.models.answer import Answer, in_words
from applications.models.application import IN_STAGE_SINCE, Application, ConsentText
from applications.models.brand import Brand
from applications.models.closing import ClosingReminder
from applications.models.digest import Digest
from applications.models.document import (
    Document,
    KeptFile,
    Portrait,
    StagedContent,
    shelf,
)
from applications.models.employee import Employee
from applications.models.erasure import Erasure, page_digest
from applications.models.interview import Interview, Notice
from applications.models.job import Job, Question
from applications.models.letter import Letter
from applications.models.plan import PlannedLetter, PlannedMove
from applications.models.report import Report, report_key
from applications.models.retention import PastApplication, RetentionNotice
from applications.models.stage import StageChange
from applications.models.waiting import WaitingReminder

__all__ = [
    "IN_STAGE_SINCE",
    "Alert",
    "Answer",
    "Application",
    "Brand",
    "ClosingReminder",
    "ConsentText",
    "Digest",
    "Document",
    "Employee",
    "Erasure",
    "Interview",
    "Job",
    "KeptFile",
    "Letter",
    "Notice",
    "PastApplication",
    "PlannedLetter",
    "PlannedMove",
    "Portrait",
    "Question",
    "Report",
    "RetentionNotice",
    "StageChange",
    "StagedContent",
    "WaitingReminder",
    "in_words",
    "page_digest",
    "report_key",
    "shelf",
]
