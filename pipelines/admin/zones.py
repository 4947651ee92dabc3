"""Time zones to choose from."""

from zoneinfo import available_timezones


def time_zones() -> list[tuple[str, str]]:
    """Choices for a form: each IANA name, and the same for people."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
