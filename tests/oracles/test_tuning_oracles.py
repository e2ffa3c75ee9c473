"""`nnquiz tune` with the real trainer, on somebody whose memory is far from the usual one."""

import random

from nnquiz.cli.tune import load_trainer
from nnquiz.model.event import AGAIN, GOOD, REVIEW, Outline
from nnquiz.study.memory import DEFAULT_WEIGHTS, Memory, next_memory, retrievability
from nnquiz.study.tuning import judge
from nnquiz.study.weights import are_allowed

FAST = tuple(w / 6 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]


def course(weights: tuple[float, ...], cards: int) -> dict[str, list[Outline]]:
    """Return answers of somebody who remembers as `weights` say."""
    chance = random.Random(5)
    found: dict[str, list[Outline]] = {}
    for number in range(cards):
        card, day = f"b/q{number}/a", 100 + number % 60
        memory: Memory | None = None
        for gap in (0, 1, 2, 4, 8, 15):
            day += gap
            known = memory is None or chance.random() < retrievability(
                gap, memory.stability, weights
            )
            grade = GOOD if known else AGAIN
            memory = next_memory(memory, grade, gap, weights)
            time = day * 10_000 + number
            found.setdefault(card, []).append(
                Outline(str(time), REVIEW, card, time, day, grade, 9.0, 0.9)
            )
    return found


def test_a_fast_forgetter_is_found_out() -> None:
    """Two thousand reviews lead to allowed weights that foretell better, and later ones best."""
    verdict = judge(course(FAST, 400), load_trainer())
    assert verdict is not None
    assert verdict.helps
    assert are_allowed(verdict.weights)
    assert verdict.weights[2] < DEFAULT_WEIGHTS[2]  # stability after a first Good


def test_the_usual_memory_gains_next_to_nothing() -> None:
    """On somebody as expected the fit is within a hundredth of the usual weights."""
    verdict = judge(course(DEFAULT_WEIGHTS, 400), load_trainer())
    assert verdict is not None
    assert abs(verdict.before - verdict.after) < 0.01
