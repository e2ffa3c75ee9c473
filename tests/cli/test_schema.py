"""`nnquiz schema` prints the schema itself."""

import json

import pytest
from jsonschema import Draft202012Validator

from nnquiz.cli.program import run


def test_it_prints_a_schema_that_questions_hold_to(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is a JSON Schema, and it tells a question from nonsense."""
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"id": "a", "question": "q", "answer": "x"})
    assert not validator.is_valid({"id": "a", "question": "q", "answer": 1})
