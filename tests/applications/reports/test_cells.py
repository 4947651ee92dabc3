import pytest

from applications.reports.cells import defused


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"],  # noqa: RUF001 - meant
)
def test_what_a_spreadsheet_would_run_is_text(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada Lovelace", "a=b", "3-4", "Ada (ada@example.org)"])
def test_anything_else_stays_as_it_is(text):
    assert defused(text) == text
