"""The shape of Apply Now, without its work."""

from applications.models import Application
from pipelines.definition import Pipeline, step, together


@step(queue="render", timeout=60)
def first(_application: Application) -> None:
    """Nothing."""


@step(queue="deliver", timeout=60)
def second(_application: Application) -> None:
    """Nothing."""


@step(queue="deliver", timeout=60)
def left(_application: Application) -> None:
    """Nothing."""


@step(queue="deliver", timeout=60)
def right(_application: Application) -> None:
    """Nothing."""


empty = Pipeline(name="empty", subject=Application, story=(first, second, together(left, right)))
