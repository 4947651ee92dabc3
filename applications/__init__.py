"""The domain: jobs, applications, documents and letters. It never speaks to Celery itself."""
