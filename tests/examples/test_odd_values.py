"""Whatever a parameter is set to, an example runs or says in one line why it does not."""

from typing import Any

import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.catalogue import ENTRIES, Entry, load

ODD: tuple[Any, ...] = (
    "",
    "0",
    "-1",
    "1e-300",
    "1e300",
    "inf",
    "true",
    "no such word",
    "1,0,1",
    "[[]]",
    "[[1, 2], [3, 4]]",
    "[[1e200, 1e200], [1e200, 1e200]]",
    "\x1b[2J",
    "9" * 5000,
    10**400,
    None,
    [[1, [2]]],
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_odd_values_are_taken_or_refused(entry: Entry) -> None:
    """Nothing but `BadInput` is raised; it names the example, and nothing of it moves a cursor."""
    example = load(entry)
    said = []
    for parameter in example.parameters:
        for value in ODD:
            try:
                example(**{parameter.name: value})
            except BadInput as refused:
                said.append(str(refused))
    assert said
    assert all(words.startswith(f"{entry.name}: ") for words in said)
    assert all(words.isprintable() and len(words) < 250 for words in said)
