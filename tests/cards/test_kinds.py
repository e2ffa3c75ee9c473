"""The table of kinds: all are there, in the order of their ease, and each is imported alone."""

import subprocess
import sys

import pytest

from nnquiz import cards
from nnquiz.cards.exercise import Turn
from nnquiz.cards.result import Outcome
from nnquiz.model.event import GOOD
from nnquiz.model.written import Numeric


def test_the_easier_kinds_come_first() -> None:
    """Choosing is easier than finding, and explaining is the hardest; what is unknown is last."""
    names = ["choice", "match", "cloze", "order", "numeric", "follow-up", "explain"]
    assert sorted(names, key=cards.rank) == names
    assert [cards.rank(name) for name in names] == list(range(7))
    assert cards.rank("essay") > cards.rank("explain")


def test_every_kind_has_its_functions() -> None:
    """Each row of the table names two functions that exist."""
    for kind in cards.EASIER_FIRST:
        assert callable(cards._function(kind.module, kind.ask))
        assert callable(cards._function(kind.module, kind.grade))


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import nnquiz.cards", {"nnquiz.cards.exercise", "nnquiz.model.question", "unicodedata"}),
        ("import nnquiz.cards.cloze", {"nnquiz.problems", "nnquiz.tex", "random"}),
        ("import nnquiz.cards.choice", {"nnquiz.problems", "nnquiz.tex", "random", "unicodedata"}),
        ("import nnquiz.cards.explain", {"nnquiz.problems", "nnquiz.tex", "nnquiz.cards.phrases"}),
        ("import nnquiz.cards.numeric", {"nnquiz.tex", "numpy", "nnquiz.problems.convolution"}),
    ],
)
def test_what_a_kind_does_not_import(statement: str, unwanted: set[str]) -> None:
    """The table imports no kind, and no kind the problems or the mathematics of another."""
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not unwanted & set(done.stdout.split())


def test_asking_and_grading_by_the_table() -> None:
    """A card is asked by its kind's name, and its exercise knows who grades it."""
    turn = Turn("b/q/c", 3, lambda _: False)
    exercise = cards.ask("numeric", Numeric("conv_params"), turn)
    assert exercise.kind == "numeric"
    result = cards.grade(exercise, str(exercise.key.answer))
    assert (result.outcome, result.suggested) == (Outcome.RIGHT, GOOD)
