"""The house: how large its rooms may be, what lies about in it, what stands at its door."""

import ast
import re
import subprocess
from statistics import median

from tests.variables import ROOT

FUNCTION_LINES = 40
MODULE_LINES = 250

TOP_LEVEL = {
    # fixed by the customer
    *("applications", "django_celery", "pipelines", "templates", "tests", "requirements"),
    *("manage.py", "docker-compose.yml", ".env.example"),
    # ours
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
    *("Makefile", "Procfile", "Dockerfile", ".dockerignore", "pyproject.toml"),
    *("benchmarks", ".ci", ".editorconfig", ".gitignore"),
}
# Spelt apart, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|pragma: no " + "cover")
OPTIONAL_TEST = re.compile(r"mark\.sk" + r"ip|mark\.xf" + r"ail|pytest\.(sk" + r"ip|xf" + r"ail)\(")
TEXT = {".py", ".html", ".txt", ".css", ".js", ".md", ".sh", ".toml", ".yml", ".in"}


def files(*roots):
    """Source files below the named folders, migrations and generated things left out."""
    return [
        path
        for root in roots
        for path in sorted((ROOT / root).rglob("*"))
        if path.suffix in TEXT and not {"migrations", "__pycache__"} & set(path.parts)
    ]


def modules():
    code = files("applications", "django_celery", "pipelines", "benchmarks")
    return [ROOT / "manage.py", *(path for path in code if path.suffix == ".py")]


def nodes(kind):
    return [
        (str(path.relative_to(ROOT)), node)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, kind)
    ]


def function_sizes():
    functions = nodes(ast.FunctionDef | ast.AsyncFunctionDef)
    return [(node.end_lineno - node.lineno + 1, path, node.name) for path, node in functions]


def findings(pattern, paths):
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]


def test_functions_are_small():
    sizes = function_sizes()

    assert [size for size in sizes if size[0] > FUNCTION_LINES] == []
    assert median(size for size, _path, _name in sizes) <= 8


def test_modules_can_be_held_in_the_head():
    sizes = {
        str(path.relative_to(ROOT)): sum(
            bool(line.strip()) for line in path.read_text().splitlines()
        )
        for path in modules()
    }

    assert {path: size for path, size in sizes.items() if size > MODULE_LINES} == {}


def test_only_the_step_executor_may_swallow_everything():
    assert [path for path, node in nodes(ast.ExceptHandler) if swallows_everything(node)] in (
        [],
        ["pipelines/execution.py"],
    )


def swallows_everything(handler):
    """Whether it catches whatever there is and does not raise it again when it is done."""
    raises_again = isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
    return not raises_again and (
        handler.type is None or bool({"Exception", "BaseException"} & names(handler.type))
    )


def names(expression):
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def test_nothing_is_left_unfinished():
    sources = files(
        "applications", "django_celery", "pipelines", "templates", "tests", "benchmarks"
    )
    documents = [*ROOT.glob("*.md"), *files("requirements")]

    assert findings(UNFINISHED, [*sources, *documents]) == []


def test_no_test_is_optional():
    assert findings(OPTIONAL_TEST, [path for path in files("tests") if path.suffix == ".py"]) == []


def test_only_expected_things_stand_at_the_door():
    # The checkout may belong to somebody else than who runs the tests.
    tracked = subprocess.check_output(
        ["git", "-c", "safe.directory=*", "ls-files"], cwd=ROOT, text=True
    )

    assert {path.partition("/")[0] for path in tracked.splitlines()} == TOP_LEVEL
