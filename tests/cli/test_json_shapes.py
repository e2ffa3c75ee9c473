"""The shapes of docs/json.md and those of the code are the same ones."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHAPE = re.compile(r"nnquiz\.[a-z-]+/[0-9]+")


def test_every_shape_is_documented_and_every_documented_one_exists() -> None:
    """No command prints a schema that docs/json.md does not describe, or the other way round."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "nnquiz").rglob("*.py")]
    printed = {shape for source in sources for shape in SHAPE.findall(source)}
    documented = set(SHAPE.findall((ROOT / "docs" / "json.md").read_text(encoding="utf-8")))
    assert printed == documented
