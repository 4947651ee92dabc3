"""The public pages."""

from applications.views.alerts import alert, alert_asked, ask_alert, end_alert
from applications.views.apply import apply
from applications.views.brand import icon, logo, styles
from applications.views.download import dossier, photo
from applications.views.erasing import erase
from applications.views.feeds import counters, feed, job_card, list_card, robots, sitemap
from applications.views.leaving import withdraw
from applications.views.letters import letter
from applications.views.positions import job, jobs
from applications.views.receipt import application, application_json
from applications.views.reminding import closing_reminder, remind
from applications.views.too_large import too_large

__all__ = [
    "alert",
    "alert_asked",
    "application",
    "application_json",
    "apply",
    "ask_alert",
    "closing_reminder",
    "counters",
    "dossier",
    "end_alert",
    "erase",
    "feed",
    "icon",
    "job",
    "job_card",
    "jobs",
    "letter",
    "list_card",
    "logo",
    "photo",
    "remind",
    "robots",
    "sitemap",
    "styles",
    "too_large",
    "withdraw",
]
