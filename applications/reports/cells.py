"""Cells of a table that a spreadsheet will open."""

# What makes a cell a formula, its full-width forms too: whoever filled in a form could have it run
# on the machine of whoever opens the report.
# https://owasp.org/www-community/attacks/CSV_Injection
_BEGINS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - meant
_CONTROLS = ("\t", "\r", "\n")


def defused(text: str) -> str:
    """``text`` as a cell that is read as text: what would be a formula, behind an apostrophe."""
    is_formula = text.startswith(_CONTROLS) or text.lstrip().startswith(_BEGINS_FORMULA)
    return f"'{text}" if is_formula else text
