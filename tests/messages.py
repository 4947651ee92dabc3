"""What the back office tells whoever did something."""

from django.contrib.messages import get_messages


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]
