"""Whether fitted weights help, on answers that the fit has not seen."""

import random
from collections.abc import Sequence

import pytest

from nnquiz.model.event import AGAIN, FORGET, GOOD, REVIEW, Outline
from nnquiz.study.memory import DEFAULT_WEIGHTS, Memory, next_memory, retrievability
from nnquiz.study.tuning import LEAST_REVIEWS, Answers, blend, judge

FAST = tuple(w / 8 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]
SLOW = tuple(w * 8 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]


def answers_of(weights: tuple[float, ...], cards: int = 120) -> dict[str, list[Outline]]:
    """Return answers of somebody who remembers as `weights` say, each card on five days."""
    chance = random.Random(3)
    found: dict[str, list[Outline]] = {}
    for number in range(cards):
        card, day = f"b/q{number}/a", 100 + number % 20
        memory: Memory | None = None
        for gap in (0, 1, 3, 5, 8):
            day += gap
            known = memory is None or chance.random() < retrievability(
                gap, memory.stability, weights
            )
            grade = GOOD if known else AGAIN
            memory = next_memory(memory, grade, gap, weights)
            time = day * 1000 + number
            found.setdefault(card, []).append(
                Outline(f"{time}", REVIEW, card, time, day, grade, 9.0, 0.9)
            )
    return found


def test_weights_that_are_true_help() -> None:
    """Somebody who forgets fast is foretold better by weights that say so, and not by others."""
    histories = answers_of(FAST)
    good, bad = judge(histories, lambda _: FAST), judge(histories, lambda _: SLOW)
    assert good is not None
    assert bad is not None
    assert good.helps
    assert good.after < good.before
    assert not bad.helps
    assert bad.before == good.before


def test_the_usual_weights_are_no_help_to_themselves() -> None:
    """Weights that change nothing gain nothing."""
    verdict = judge(answers_of(DEFAULT_WEIGHTS), lambda _: DEFAULT_WEIGHTS)
    assert verdict is not None
    assert (verdict.before - verdict.after, verdict.error, verdict.helps) == (0.0, 0.0, False)


def test_a_fit_never_sees_what_it_is_judged_on() -> None:
    """Each fit but the last gets answers before the part that it foretells, and ever more."""
    histories = answers_of(FAST)
    seen: list[int] = []

    def fit(reviews: Sequence[Answers]) -> Sequence[float]:
        seen.append(len(reviews))
        return FAST

    verdict = judge(histories, fit)
    assert verdict is not None
    assert verdict.reviews == 120 * 4
    assert seen == sorted(seen)
    assert seen[-1] == verdict.reviews
    assert seen[0] + verdict.tested == verdict.reviews


def test_answers_to_fit_begin_anew_after_a_forget() -> None:
    """What a fit gets are grades and gaps, the first gap 0."""
    histories = answers_of(DEFAULT_WEIGHTS)
    card = next(iter(histories))
    time = histories[card][2].time + 1
    histories[card].insert(3, Outline("x", FORGET, card, time, time // 1000))
    seen: list[Answers] = []

    def fit(reviews: Sequence[Answers]) -> Sequence[float]:
        seen[:] = reviews
        return DEFAULT_WEIGHTS

    verdict = judge(histories, fit)
    assert verdict is not None
    assert all(answers[0][1] == 0 for answers in seen)
    assert {len(answers) for answers in seen} == {2, 3, 4, 5}
    assert verdict.reviews == len(seen) == 120 * 4 - 1


def test_too_few_or_all_of_one_day_are_not_fitted() -> None:
    """Below the least number there is no verdict, nor where no day comes after another."""

    def fit(_: Sequence[Answers]) -> Sequence[float]:
        raise AssertionError

    assert judge({}, fit) is None
    assert judge(answers_of(FAST, cards=LEAST_REVIEWS // 4 - 1), fit) is None
    one_day = {
        f"b/q/{n}": [
            Outline(f"{day}{n:04}", REVIEW, f"b/q/{n}", day * 10_000 + n, day, GOOD, 9.0, 0.9)
            for day in (100, 105)
        ]
        for n in range(LEAST_REVIEWS)
    }
    assert judge(one_day, fit) is None


def test_a_blend_leans_on_the_usual_weights() -> None:
    """With no review it is the usual ones, with a thousand half of each."""
    assert blend(FAST, 0) == DEFAULT_WEIGHTS
    half = blend(FAST, 1000)
    assert half[0] == pytest.approx((FAST[0] + DEFAULT_WEIGHTS[0]) / 2)
    assert blend(FAST, 10**9)[0] == pytest.approx(FAST[0], rel=1e-5)
