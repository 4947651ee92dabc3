"""The environment variables of this system: who reads them, and what .env.example says of them."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# boto3 itself reads these two.
READ_BY_BOTO3 = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
# docker-compose.yml hands it to PostgreSQL.
READ_BY_COMPOSE = {"POSTGRES_PASSWORD"}

_READERS = {"text", "boolean", "integer", "choice", "items", "url"}
_EXAMPLE = re.compile(r"^(?P<comment>#?)(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)$")


def read_by_code():
    """Each variable that is read through ``django_celery.env``, with its default: None if required,
    the constant, or Ellipsis where it is computed."""
    files = [ROOT / "django_celery" / name for name in ("settings.py", "flowerconfig.py")]
    trees = [ast.parse(file.read_text()) for file in files]
    return {
        node.args[0].value: _default(node)
        for tree in trees
        for node in ast.walk(tree)
        if _is_reading(node)
    }


def read_by_procfile():
    return set(re.findall(r"\$(\w+)", _without_comments(ROOT / "Procfile")))


def known():
    """Every variable that anything here reads."""
    return set(read_by_code()) | read_by_procfile() | READ_BY_BOTO3 | READ_BY_COMPOSE


def in_example():
    """Each variable of .env.example with its value; commented out or not."""
    matches = map(_EXAMPLE.match, (ROOT / ".env.example").read_text().splitlines())
    return {match["name"]: match["value"].strip('"') for match in matches if match}


def required_in_example():
    """Those that .env.example leaves for people to fill in."""
    matches = map(_EXAMPLE.match, (ROOT / ".env.example").read_text().splitlines())
    return {match["name"] for match in matches if match and not match["comment"]}


def _is_reading(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _READERS
        and ast.unparse(node.func.value) == "env"
    )


def _default(call):
    for keyword in call.keywords:
        if keyword.arg == "default":
            return keyword.value.value if isinstance(keyword.value, ast.Constant) else ...
    return "" if call.func.attr == "items" else None


def _without_comments(file):
    return "\n".join(line for line in file.read_text().splitlines() if not line.startswith("#"))
