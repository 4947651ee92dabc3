"""What the documents say exists: settings, commands, steps, files."""

import re

import pytest
from django.core.management import get_commands

from applications.pipeline.apply_now import apply_now
from pipelines import registry
from pipelines.schedules.registry import all_schedules, as_pipeline
from tests import variables
from tests.variables import ROOT

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")

each_document = pytest.mark.parametrize("document", DOCUMENTS)


def text(document):
    return (ROOT / document).read_text()


def code(document):
    """What stands between backticks, in the running text and in blocks."""
    blocks = re.findall(r"```\w*\n(.*?)```", text(document), re.DOTALL)
    without_blocks = re.sub(r"```.*?```", "", text(document), flags=re.DOTALL)
    return [*blocks, *re.findall(r"`([^`\n]+)`", without_blocks)]


def mentions(document, pattern):
    return {found for piece in code(document) for found in re.findall(pattern, piece)}


def configuration_table():
    """The variables in the first cells of the README's tables."""
    first_cells = re.findall(r"^\| (`[A-Z0-9`_, ]+`) \|", text("README.md"), re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"\w+", cell)}


# --- Settings ---------------------------------------------------------------------------------


def test_every_variable_that_is_read_stands_in_the_example_and_no_other():
    assert variables.in_example().keys() == variables.known()


def test_every_variable_that_is_read_stands_in_the_readme_and_no_other():
    read_here = variables.known() - variables.READ_BY_COMPOSE

    assert configuration_table() - variables.READ_BY_COMPOSE == read_here


def test_example_shows_the_defaults_of_the_code():
    defaults = {name: value for name, value in variables.read_by_code().items() if value is not ...}
    in_example = variables.in_example()

    assert {name: in_example[name].lower() for name in defaults} == {
        name: str("" if value is None else value).lower() for name, value in defaults.items()
    }


def test_example_explains_every_variable():
    paragraphs = (ROOT / ".env.example").read_text().split("\n\n")
    silent = [part for part in paragraphs if re.match(r"#?[A-Z_]+=", part)]

    assert silent == []


def test_example_keeps_no_secret():
    required = variables.required_in_example()

    assert {name for name in required if variables.in_example()[name]} == set()


# --- Commands ---------------------------------------------------------------------------------


@each_document
def test_make_targets_in_the_documents_exist(document):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert mentions(document, r"(?:^|\s)make ([a-z]+)") - targets == set()


@each_document
def test_management_commands_in_the_documents_exist(document):
    assert mentions(document, r"manage\.py ([a-z_]+)") - get_commands().keys() == set()


def test_help_names_every_target():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE)

    assert re.findall(r"^(\w+):.* ## ", makefile, re.MULTILINE) == targets


# --- Steps, processes, files ------------------------------------------------------------------


def tasks():
    return {
        pipeline.task_name(step.name)
        for pipeline in registry.all_pipelines()
        for step in pipeline.steps
    }


def named_tasks(document):
    pipelines = "|".join(pipeline.name for pipeline in registry.all_pipelines())
    return mentions(document, rf"\b(?:{pipelines})\.(?!py\b)\w+")


@each_document
def test_steps_in_the_documents_exist(document):
    assert named_tasks(document) - tasks() == set()


def scheduled():
    return {
        f"{schedule.name}.{step.name}"
        for schedule in all_schedules()
        for step in as_pipeline(schedule).steps
    }


def test_the_documents_name_every_step():
    applying = {apply_now.task_name(step.name) for step in apply_now.steps}
    assert applying - named_tasks("README.md") == set()
    assert tasks() | scheduled() == named_tasks("README.md") | named_tasks("ARCHITECTURE.md")


@each_document
def test_files_that_the_documents_link_to_exist(document):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text(document))

    assert [link for link in links if not (ROOT / link).exists()] == []


@each_document
def test_files_that_the_documents_name_exist(document):
    folders = "applications|django_celery|pipelines|templates|tests|requirements|benchmarks"
    named = mentions(document, rf"(?<![\w/.])(?:{folders})/[\w/.-]*\w/?")

    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
