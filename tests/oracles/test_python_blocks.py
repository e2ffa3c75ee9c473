"""The code that the answers show runs as it stands, with warnings as errors."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

QUESTIONS = Path(__file__).parents[2] / "questions"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)

# There is no build of torchvision beside CI's torch: such a block is compiled, not run.
NOT_HERE = "# needs torchvision"


def python_blocks() -> dict[str, str]:
    """Return every Python block of the two-minute answers, by its question and place."""
    blocks = {}
    for path in sorted(QUESTIONS.glob("[0-9][0-9]-*.yaml")):
        question = yaml.safe_load(path.read_text(encoding="utf-8"))
        for place, code in enumerate(BLOCK.findall(question["answer"]["full"]), start=1):
            blocks[f"{question['id']}-{place}"] = code
    return blocks


BLOCKS = python_blocks()


def test_the_answers_show_code() -> None:
    """The answers that promise code have it, so that the tests below are about something."""
    with_code = {name.rpartition("-")[0] for name in BLOCKS}
    assert with_code >= {"transfer-learning", "variable-length", "forecasting", "recommender"}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_runs_as_it_stands(name: str, tmp_path: Path) -> None:
    """A candidate who pastes the block into a file gets no error and no warning."""
    code = BLOCKS[name]
    compile(code, name, "exec")
    if code.startswith(NOT_HERE):
        return
    program = [sys.executable, "-W", "error", "-c", code]
    result = subprocess.run(program, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
