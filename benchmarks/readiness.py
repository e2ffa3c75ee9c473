"""How honest the interval of `nnquiz ready` is: how often it holds what then happens.

`python -m benchmarks.readiness` lets simulated learners study day by day, by the schedule that
the program would give them, and asks early, in the middle and late in their course what share of
the cards they would recall on the last day if they stopped now. Their memories are

- expected: exactly the default weights of FSRS-6;
- matched: stabilities that last m times as long and a decay d, both drawn from the prior;
- noisy: every weight off by some 30 %, and every card off by a factor of its own;
- fast and slow: forgetting four times as fast, or as slowly, as the default weights say, with
  other forgetting curves as well: far from all that is believed beforehand.

The 80 % interval is asked to hold what happens for 72 to 90 % of matched and of noisy learners;
for the others the coverage is printed. Exit status 1 if that is missed.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from nnquiz.model.event import AGAIN, EASY, GOOD, HARD, REVIEW, Event
from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS, MODEL, Memory, next_memory, retrievability
from nnquiz.study.past import find_trials
from nnquiz.study.readiness import (
    D_SPREAD,
    M_SPREAD,
    expected_share,
    posterior,
    remembered,
    widening,
)
from nnquiz.study.replay import histories, replay
from nnquiz.study.schedule import answered

CARDS, NEW_A_DAY, DAYS = 120, 8, 21
ASKED = {
    "first": 1,
    "early": 4,
    "middle": 10,
    "late": 17,
}  # days studied when the question is asked
BOUNDS = {"matched": (0.72, 0.90), "noisy": (0.72, 0.90)}
START = 739_900  # study day of the first answer
TOSSES = 200  # outcomes of the last day for each learner

_FIRST_GRADES = (0.30, 0.15, 0.45, 0.10)
_GRADES = ((HARD, 0.1), (GOOD, 0.8), (EASY, 0.1))  # given that the card was recalled
_RETENTION = 0.9


@dataclass
class Learner:
    """Somebody who studies: how their memory works, and what they have answered.

    Attributes:
        weights: of FSRS-6, for how the memory changes with an answer.
        factor: on all stabilities, for the forgetting alone.
        card_factor: on the stability of each card likewise.
        decay: of the forgetting curve.
    """

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    factor: float = 1.0
    card_factor: tuple[float, ...] = (1.0,) * CARDS
    decay: float = DEFAULT_WEIGHTS[20]
    log: list[Event] = field(default_factory=list)
    memories: dict[int, tuple[Memory, int]] = field(default_factory=dict)

    def recall(self, card: int, day: int) -> float:
        """Return the true chance of recall on a day; 0 for a card that was never met."""
        if card not in self.memories:
            return 0.0
        memory, last = self.memories[card]
        stability = self.factor * self.card_factor[card] * memory.stability
        return retrievability(day - last, stability, (*self.weights[:20], self.decay))

    def answer(self, card: int, day: int, grade: int) -> Event:
        """Remember an answer, and write it down."""
        memory, last = self.memories.get(card, (None, day))
        self.memories[card] = next_memory(memory, grade, day - last, self.weights), day
        number = len(self.log)
        event = Event(
            f"{number:08}", REVIEW, _name(card), number, number, 0, day, "device", MODEL,
            grade=grade, retention=_RETENTION,
        )  # fmt: skip
        self.log.append(event)
        return event


def _name(card: int) -> str:
    return f"bank/question/{card}"


def expected(_: np.random.Generator) -> Learner:
    """Return a learner who is exactly as FSRS-6 expects."""
    return Learner()


def matched(random: np.random.Generator) -> Learner:
    """Return a learner drawn from what is believed beforehand."""
    factor, decay = np.exp(random.normal(0, (M_SPREAD, D_SPREAD)))
    return Learner(factor=float(factor), decay=float(DEFAULT_WEIGHTS[20] * decay))


def noisy(random: np.random.Generator) -> Learner:
    """Return a learner whose weights and cards are scattered around the expected ones."""
    noise = np.exp(random.normal(0, 0.3, len(DEFAULT_WEIGHTS)))
    weights = tuple(float(w) for w in np.array(DEFAULT_WEIGHTS) * noise)
    cards = np.exp(random.normal(0, 0.5, CARDS))
    return Learner(weights, card_factor=tuple(map(float, cards)), decay=weights[20])


def fast(_: np.random.Generator) -> Learner:
    """Return a learner who forgets four times as fast, along a steeper curve."""
    return Learner(factor=0.25, decay=0.5)


def slow(_: np.random.Generator) -> Learner:
    """Return a learner who forgets four times as slowly, along a flatter curve."""
    return Learner(factor=4.0, decay=0.08)


LEARNERS: dict[str, Callable[[np.random.Generator], Learner]] = {
    one.__name__: one for one in (expected, matched, noisy, fast, slow)
}


def study(learner: Learner, random: np.random.Generator) -> Iterator[int]:
    """Let somebody study, and yield how many days they have done so after each."""
    states: dict[int, CardState] = {}
    for number in range(DAYS):
        day = START + number
        due = [card for card, state in states.items() if state.due is not None and state.due <= day]
        new = range(len(states), min(len(states) + NEW_A_DAY, CARDS))
        for card in [*due, *new]:
            grade = _grade(learner, card, day, random)
            while True:
                learner.answer(card, day, grade)
                state = states.get(card, CardState(_name(card)))
                states[card] = answered(state, grade, day, _RETENTION)
                if grade != AGAIN:
                    break
                grade = GOOD  # once the answer was read it is known, for now
        yield number + 1


def _grade(learner: Learner, card: int, day: int, random: np.random.Generator) -> int:
    if card not in learner.memories:
        return int(random.choice(4, p=_FIRST_GRADES)) + 1
    if random.random() >= learner.recall(card, day):
        return AGAIN
    return int(random.choice([grade for grade, _ in _GRADES], p=[part for _, part in _GRADES]))


@dataclass(frozen=True, slots=True)
class Covered:
    """How a forecast did: the part of outcomes it held, its width, and its error."""

    held: float
    width: float
    error: float


def judge(learner: Learner, studied: int, random: np.random.Generator) -> Covered:
    """Ask for the share recalled on the last day, and compare it with what happens."""
    past = histories(learner.log)
    states = replay(learner.log)
    trials, today, end = find_trials(past), START + studied, START + DAYS
    cards = remembered([states.get(_name(card)) for card in range(CARDS)], end)
    wide = widening(today - START)
    share = expected_share(cards, posterior(trials), wide)
    chance = np.array([learner.recall(card, end) for card in range(CARDS)])
    outcomes = (random.random((TOSSES, CARDS)) < chance).mean(axis=1)
    held = (share.low <= outcomes) & (outcomes <= share.high)
    return Covered(
        float(held.mean()), share.high - share.low, share.expected - float(chance.mean())
    )


def measure(kind: str, people: int, seed: int) -> dict[str, list[Covered]]:
    """Return how the forecasts of many learners did, early, in the middle and late."""
    found: dict[str, list[Covered]] = {when: [] for when in ASKED}
    for person in range(people):
        random = np.random.default_rng([seed, person])
        learner = LEARNERS[kind](random)
        for studied in study(learner, random):
            for when, days in ASKED.items():
                if studied == days:
                    found[when].append(judge(learner, studied, random))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the coverage, and return 1 where it is not what is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=200, metavar="N", help="learners of a kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(LEARNERS)}")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.kinds) - set(LEARNERS):
        parser.error(f"no such kind of learner: {', '.join(sorted(unknown))}")
    missed = False
    print(f"{'learners':<10}{'asked':<9}{'held':>6}  {'s.e.':>5}{'width':>8}{'error':>8}  wanted")
    for kind in chosen.kinds or LEARNERS:
        for when, covered in measure(kind, chosen.people, chosen.seed).items():
            held = np.array([one.held for one in covered])
            mean, spread = float(held.mean()), float(held.std() / math.sqrt(len(held)))
            low, high = BOUNDS.get(kind, (0.0, 1.0))
            fits = low <= mean <= high
            missed |= not fits
            wanted = f"{low:.2f} to {high:.2f}" if kind in BOUNDS else ""
            width = sum(one.width for one in covered) / len(covered)
            error = sum(one.error for one in covered) / len(covered)
            print(
                f"{kind:<10}{when:<9}{mean:6.3f}  {spread:5.3f}{width:8.3f}{error:+8.3f}  "
                f"{wanted}{'' if fits else '  MISSED'}"
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
