"""What arrived at the mail server."""

from email import message_from_bytes, policy


def arrived(server):
    return [message_from_bytes(raw, policy=policy.default) for raw in server.accepted]


def receivers(server):
    return sorted(message["To"] for message in arrived(server))
