"""What ``make run`` tells at the end: what was delivered, and where to look."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from django_celery.local.delivery import Before, StoredObject
from django_celery.local.display import ACCENT, heading, sign, table
from django_celery.local.stack import Stack

Row = tuple[RenderableType, ...]

_KIBIBYTE = 1024


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
    console.print(table(_object(item) for item in before.new_objects(stack.bucket)))
    console.print()
    console.print(table(_letter(item) for item in before.new_letters(stack.inbox)))
    console.print()
    console.print(table(iter([(Text("The applicant's page"), _link(page))])))


def show_addresses(console: Console, stack: Stack, logins: Mapping[str, str]) -> None:
    heading(console, "Look around")
    console.print(table(_addresses(stack, logins)))
    console.print("\nCtrl-C stops all of it.", highlight=False)


def _object(item: StoredObject) -> Row:
    return (
        sign(busy=False, good=item.is_intact, bad=not item.is_intact),
        Text(item.key),
        Text(f"{item.size / _KIBIBYTE:.0f} KiB", style="dim", justify="right"),
        Text(f"SHA-256 {item.sha256}", style="dim"),
    )


def _letter(item: Mapping[str, Any]) -> Row:
    enclosed = ", ".join(enclosure["name"] for enclosure in item["attachments"])
    about = Text(item["subject"])
    about.append(f"\n{item['message_id']}\nenclosed: {enclosed or 'nothing'}", style="dim")
    return sign(busy=False, good=True), Text(", ".join(item["to"])), about


def _addresses(stack: Stack, logins: Mapping[str, str]) -> Iterator[Row]:
    yield Text("Open positions"), _link(f"{stack.site_url}/"), Text()
    staff = "\n".join(f"{name} / {password}" for name, password in logins.items())
    yield Text("Back office"), _link(f"{stack.site_url}/staff/"), Text(staff)
    flower_login = stack.settings["FLOWER_BASIC_AUTH"].replace(":", " / ", 1)
    yield Text("Flower"), _link(stack.flower_url), Text(flower_login)
    yield Text("Inbox"), _link(stack.inbox.address), Text("every letter the site sends")
    yield Text("Logs"), Text(str(stack.folder / "log"), style="dim"), Text()


def _link(url: str) -> Text:
    return Text(url, style=f"{ACCENT} link {url}")
