"""Render and store as the manuals of WeasyPrint and boto3 begin: everything is made anew each time.

The CV's pages do not follow the dossier's, and what was stored is not verified.
"""

import boto3
from django.conf import settings

from applications.models import Application
from benchmarks import effects, ways


def render(application: Application) -> bytes:
    return ways.textbook(str(application.pk)).draw()


def store(application: Application, drawn: bytes) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=settings.AWS_S3_ENDPOINT_URL,
        region_name=settings.AWS_S3_REGION_NAME,
    )
    for document in application.documents.all():
        client.put_object(
            Bucket=settings.AWS_STORAGE_BUCKET_NAME,
            Key=f"manuals/{document.key}",
            Body=effects.content(document, drawn),
            ContentType=document.content_type,
        )
