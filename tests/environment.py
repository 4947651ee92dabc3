"""The environment of the tests, set before Django reads its settings.

Loaded by pytest as a plugin (``-p tests.environment``). What a developer has in ``.env`` does
not reach the tests: every variable that matters is set here.
"""

import os

os.environ.update(
    {
        "SECRET_KEY": "only-for-tests",
        "DEBUG": "false",
        "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
        "SITE_URL": "http://jobs.example.com",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "sqlite:///:memory:"),
        # Nothing listens there: a unit test that needs Redis starts one.
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "CELERY_BROKER_URL": "",
        "CELERY_RESULT_BACKEND": "",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_S3_REGION_NAME": "us-east-1",
        "AWS_S3_ENDPOINT_URL": "",
        "AWS_S3_PUBLIC_ENDPOINT_URL": "",
        "AWS_STORAGE_BUCKET_NAME": "applications",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "1",
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "DEFAULT_FROM_EMAIL": "Example Jobs <jobs@example.com>",
        "HR_EMAIL": "hr@example.com",
        "ADMINS": "",
        "METRICS_TOKEN": "",
        "TIME_ZONE": "UTC",
        "FLOWER_BASIC_AUTH": "flower:only-for-tests",
        "FLOWER_URL": "http://127.0.0.1:1",
        "DJANGO_SETTINGS_MODULE": "django_celery.settings",
    }
)
