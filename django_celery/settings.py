"""Django's and Celery's settings, read from the environment (see .env.example).

https://docs.djangoproject.com/en/5.2/ref/settings/
https://docs.celeryq.dev/en/stable/userguide/configuration.html
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from django_celery import back_office, content_security, env, logs
from django_celery.broker import queues, transport_options
from django_celery.database import database
from django_celery.env import BASE_DIR
from django_celery.redis_url import with_database
from django_celery.scanner import scanner

# Django's classes take type arguments at run time too, as their stubs do.
# https://github.com/typeddjango/django-stubs/tree/master/ext
django_stubs_ext.monkeypatch()

VAR_DIR: Path = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

# --- Security -----------------------------------------------------------------------------

SECRET_KEY = env.text("SECRET_KEY")
DEBUG = env.boolean("DEBUG", default=False)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")
# Where people reach this site: links in letters and in the dossier start with it.
SITE_URL = env.text("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# The company's name, on pages, letters and dossiers.
SITE_NAME = env.text("SITE_NAME", default="Northwind Studio")
_HTTPS = SITE_URL.startswith("https://")

# https://docs.djangoproject.com/en/5.2/topics/security/
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = int(timedelta(days=30).total_seconds()) if _HTTPS else 0
# The applicant's page has its secret in the address: no other site may learn it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security.SETTING
# The proxy with TLS in front redirects; the subdomains are not this site's to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

# --- Application ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_celery_beat",
    "csp",
    "django_htmx",
    "applications",
    "pipelines",
    "pipelines.schedules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django_celery.static_files.StaticFiles",
    "django_celery.content_security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "django_celery.urls"
WSGI_APPLICATION = "django_celery.wsgi.application"
ASGI_APPLICATION = "django_celery.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# Files pass on disk, however large; what is not a file is small.
# https://docs.djangoproject.com/en/5.2/ref/settings/#data-upload-max-memory-size
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "applications" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "django_celery.formats"
USE_TZ = True
# The office's time zone: schedules, letters and pages speak it; the database keeps UTC.
TIME_ZONE = env.text("TIME_ZONE", default="UTC")

# --- Database -------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": database(env.text("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))
}

# --- Redis: broker, result backend and cache ------------------------------------------------

REDIS_URL = env.text("REDIS_URL", default="redis://127.0.0.1:6379/0")

CACHES = {
    "default": {
        "BACKEND": "django_celery.cache.ForgivingRedisCache",
        # A database of its own: clearing the cache flushes it whole.
        "LOCATION": with_database(REDIS_URL, offset=1),
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        "TIMEOUT": 300,
    }
}

# --- Celery ---------------------------------------------------------------------------------

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_RESULT_BACKEND = env.text(
    "CELERY_RESULT_BACKEND", default=with_database(REDIS_URL, offset=2)
)
CELERY_RESULT_EXPIRES = timedelta(days=1)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]

# One queue for what burns CPU, one for what waits on the network, one for the clock.
# A worker started without -Q serves them all.
CELERY_TASK_QUEUES = list(queues("render", "deliver", "housekeeping"))
CELERY_TASK_DEFAULT_QUEUE = "housekeeping"
CELERY_TASK_CREATE_MISSING_QUEUES = False

# All three are off by default, and Flower would then see neither SENT nor STARTED.
# https://docs.celeryq.dev/en/stable/userguide/configuration.html#events
CELERY_TASK_SEND_SENT_EVENT = True
CELERY_WORKER_SEND_TASK_EVENTS = True
CELERY_TASK_TRACK_STARTED = True

# The ledger decides what runs, so a message is only a doorbell and may be acknowledged early.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
# Else two threads would read from one connection once RabbitMQ is back (ARCHITECTURE.md).
CELERY_WORKER_ENABLE_PREFETCH_COUNT_REDUCTION = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Celery would close the database's connection around every task: see pipelines/worker.py.
CELERY_DB_REUSE_MAX = 10**9

# Publishing tries once and gives up soon: the sweep rings again, nobody waits for a broker.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL)

# Where Flower answers the workers, and the login that they use: the first of Flower's own.
FLOWER_URL = env.url(
    "FLOWER_URL",
    default=f"http://127.0.0.1:{env.integer('FLOWER_PORT', default=5555, minimum=1)}",
    schemes=("http", "https"),
).rstrip("/")
FLOWER_LOGIN = next(iter(env.items("FLOWER_BASIC_AUTH")), "")

# https://django-celery-beat.readthedocs.io/en/latest/
CELERY_BEAT_SCHEDULER = "pipelines.schedules.scheduler:Scheduler"

# --- Object storage (S3) --------------------------------------------------------------------

# boto3 itself reads AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from the environment.
# https://docs.aws.amazon.com/boto3/latest/guide/configuration.html
AWS_S3_REGION_NAME = env.text("AWS_S3_REGION_NAME", default="us-east-1")
AWS_S3_ENDPOINT_URL = env.text("AWS_S3_ENDPOINT_URL", default="") or None
# What a person's browser reaches, where that is not what this process reaches.
AWS_S3_PUBLIC_ENDPOINT_URL = (
    env.text("AWS_S3_PUBLIC_ENDPOINT_URL", default="") or AWS_S3_ENDPOINT_URL
)
AWS_STORAGE_BUCKET_NAME = env.text("AWS_STORAGE_BUCKET_NAME", default="applications")

# --- Mail -----------------------------------------------------------------------------------

# https://docs.djangoproject.com/en/5.2/topics/email/#smtp-backend
EMAIL_HOST = env.text("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.integer("EMAIL_PORT", default=25, minimum=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.boolean("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = env.integer("EMAIL_TIMEOUT", default=10, minimum=1)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="Jobs <jobs@example.com>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# What happens to a letter of which nobody knows whether the mail server has it.
EMAIL_DOUBT_POLICY = env.choice(
    "EMAIL_DOUBT_POLICY",
    default="resend_once",
    among=("evidence", "idempotent", "resend_once", "hold"),
)
EMAIL_EVIDENCE_URL = env.url(
    "EMAIL_EVIDENCE_URL",
    default=None if EMAIL_DOUBT_POLICY == "evidence" else "",
    schemes=("file", "imap", "imaps"),
)
EMAIL_IDEMPOTENCY_HEADER = env.text(
    "EMAIL_IDEMPOTENCY_HEADER", default=None if EMAIL_DOUBT_POLICY == "idempotent" else ""
)
# Who hears that runs have failed. https://docs.djangoproject.com/en/5.2/ref/settings/#admins
ADMINS = [("", address) for address in env.items("ADMINS")]
EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
# Who gets the applications for jobs that name nobody.
HR_EMAIL = env.items("HR_EMAIL", default="hr@example.com")
# When HR is reminded of what waits (weekdays), both sides of an interview (hours before). 0: never.
WAITING_REMINDER_DAYS = env.integer("WAITING_REMINDER_DAYS", default=5)
INTERVIEW_REMINDER_HOURS = env.integer("INTERVIEW_REMINDER_HOURS", default=24)

# --- Limits against abuse (0 is off) --------------------------------------------------------

APPLY_RATE_PER_IP = env.integer("APPLY_RATE_PER_IP", default=30)
# How many proxies of ours stand in front, each adding to X-Forwarded-For.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0)
RATELIMIT_IP_META_KEY = "applications.limits.client_address"
APPLY_RATE_PER_EMAIL = env.integer("APPLY_RATE_PER_EMAIL", default=10)
APPLY_RECEIPTS_PER_EMAIL = env.integer(
    "APPLY_RECEIPTS_PER_EMAIL", default=10 if APPLY_RATE_PER_EMAIL else 0
)
# More applications than that within an hour, and browsers are asked for a proof of work.
APPLY_POW_AFTER = env.integer("APPLY_POW_AFTER", default=500)
# The virus scanner that uploads go through; without one they do not.
CLAMAV_URL = scanner(env.text("CLAMAV_URL", default=""))

# --- Static files ---------------------------------------------------------------------------

# Served by the web process itself, from a plain checkout too.
# https://whitenoise.readthedocs.io/en/stable/django.html
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# --- Back office ----------------------------------------------------------------------------

# https://unfoldadmin.com/docs/configuration/settings/
UNFOLD = back_office.UNFOLD

LOGIN_URL = "admin:login"

# --- Housekeeping ---------------------------------------------------------------------------

# After how many months an application is announced to be erased (0: never), and how long before.
RETENTION_MONTHS = env.integer("RETENTION_MONTHS", default=24)
RETENTION_NOTICE_DAYS = env.integer("RETENTION_NOTICE_DAYS", default=30, minimum=1)
# With a key, backups are encrypted; without the same one nobody restores them.
BACKUP_KEY = env.text("BACKUP_KEY", default="")
BACKUPS_KEPT = env.integer("BACKUPS_KEPT", default=14, minimum=1)
# How long scheduled runs, HR's digests and reminders, and past attempts are kept.
LEDGER_DAYS = env.integer("LEDGER_DAYS", default=90, minimum=1)

# --- Monitoring -----------------------------------------------------------------------------

# Who may read /metrics from another machine: Authorization: Bearer <token>.
METRICS_TOKEN = env.text("METRICS_TOKEN", default="")

# --- Logging --------------------------------------------------------------------------------

LOGGING = logs.LOGGING
