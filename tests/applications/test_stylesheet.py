import re
from pathlib import Path

from applications import stylesheet
from applications.palette import DEFAULT_COLOUR

FOLDER = Path(stylesheet.__file__).parent / "static" / "applications" / "css"


def test_every_source_is_in_the_sheet_once():
    sources = {str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.css")}
    assert sorted(stylesheet._SHEETS) == sorted(sources)


def test_the_layers_are_named_before_anything_else():
    assert stylesheet.content(DEFAULT_COLOUR).startswith("@layer tokens, base, layout, components;")


def test_everything_stands_in_a_layer():
    layer = re.compile(r"@layer (tokens|base|layout|components) \{\n.*\n\}\n", re.DOTALL)
    for path in FOLDER.rglob("*.css"):
        rest = path.read_text().removeprefix("@layer tokens, base, layout, components;\n\n")
        assert layer.fullmatch(rest), path


def test_nothing_outside_is_asked_for():
    assert not re.search(r"@import|url\(|https?:", stylesheet.content(DEFAULT_COLOUR))


def test_the_colours_are_tokens():
    rest = "".join(path.read_text() for path in FOLDER.rglob("*.css") if path.stem != "tokens")
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rest)


def test_directions_are_logical():
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|float: (left|right)",
        stylesheet.content(DEFAULT_COLOUR),
    )
