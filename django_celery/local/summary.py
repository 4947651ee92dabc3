"""What ``make run`` tells at the end: what was delivered, and where to look."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from django_celery.local.delivery import Before, StoredObject
from django_celery.local.display import ACCENT, TICK, heading, table
from django_celery.local.stack import Stack

_KIBIBYTE = 1024


class DeliveredWrongly(Exception):
    """What was found at the other end is not what was sent."""


def show_moved_ports(console: Console, stack: Stack, preferred: Mapping[str, int]) -> None:
    """Say which part is not where one expects it."""
    for name, port in preferred.items():
        if stack.ports[name] != port:
            sentence = f"  Port {port} is taken: {name} uses {stack.ports[name]}."
            console.print(Text(sentence, style="yellow"))


def show_delivery(
    console: Console, stack: Stack, before: Before, *, reference: str, page: str
) -> None:
    """The new objects and letters, read back from where they arrived."""
    heading(console, f"Delivered: {reference}")
    for item in before.new_objects(stack.bucket):
        _show(console, *_object(item))
    for letter in before.new_letters(stack.inbox):
        _show(console, *_letter(letter))
    _show(console, Text("Its page, for the applicant:"), page)


def show_addresses(console: Console, stack: Stack, logins: Mapping[str, str]) -> None:
    heading(console, "Look around")
    console.print(table(_addresses(stack, logins)))
    console.print("\nCtrl-C stops all of it.", highlight=False)


def _show(console: Console, first: Text, *others: str) -> None:
    """A line with a tick and what belongs to it below; nothing is cut or broken by the width."""
    console.print(Text.assemble("  ", (TICK, ACCENT), "  ", first), soft_wrap=True)
    for other in others:
        console.print(Text(f"     {other}", style="dim"), soft_wrap=True)


def _object(item: StoredObject) -> tuple[Text, str]:
    if not item.is_intact:
        raise DeliveredWrongly(f"{item.key} is not what its SHA-256 says.")
    size = f"  {item.size / _KIBIBYTE:.0f} KiB"
    return Text.assemble(item.key, (size, "dim")), f"SHA-256 {item.sha256}"


def _letter(item: Mapping[str, Any]) -> tuple[Text, str, str]:
    enclosed = ", ".join(enclosure["name"] for enclosure in item["attachments"])
    first = Text.assemble((", ".join(item["to"]), "bold"), f"  {item['subject']}")
    return first, item["message_id"], f"enclosed: {enclosed or 'nothing'}"


def _addresses(stack: Stack, logins: Mapping[str, str]) -> Iterator[tuple[RenderableType, ...]]:
    staff = "\n".join(f"{name} / {password}" for name, password in logins.items())
    flower_login = stack.settings["FLOWER_BASIC_AUTH"].replace(":", " / ", 1)
    yield "Open positions", _link(f"{stack.site_url}/"), ""
    yield "Back office", _link(f"{stack.site_url}/staff/"), Text(staff)
    yield "Flower", _link(f"{stack.flower_url}/"), Text(flower_login)
    yield "Inbox", _link(stack.inbox.address), "every letter that the site sends"
    yield "Logs", Text("var/log/", style="dim"), ""


def _link(url: str) -> Text:
    return Text(url, style=f"{ACCENT} link {url}")
