"""How much a card matters: by level, and by what its owner says."""

from nnquiz.model.card import Card
from nnquiz.model.listing import QuestionLine
from nnquiz.study.importance import ADVANCED, CORE, importances

LINES = [
    QuestionLine("b", 1, "attention", "", "", "transformers", "core", ("softmax", "key"), {}),
    QuestionLine("b", 2, "gans", "", "", "generative", "advanced", ("style",), {}),
]
CARDS = [
    Card(f"b/{name}/explain", f"b/{name}", "explain", "", "") for name in ("attention", "gans")
]


def test_the_core_matters_more() -> None:
    """Without weights of one's own the level decides."""
    assert importances(CARDS, LINES, {}) == [CORE, ADVANCED]
    assert CORE > ADVANCED


def test_the_most_specific_weight_counts() -> None:
    """A question's own before its tags, the greatest of those, and tags before the topic."""
    weights = {"transformers": 3.0}
    assert importances(CARDS, LINES, weights) == [3 * CORE, ADVANCED]
    weights["softmax"] = 0.5
    assert importances(CARDS, LINES, weights) == [CORE / 2, ADVANCED]
    weights["key"] = 2.0
    assert importances(CARDS, LINES, weights) == [2 * CORE, ADVANCED]
    weights["b/attention"] = 0.0
    assert importances(CARDS, LINES, weights) == [0, ADVANCED]
