"""Compares nnquiz's plan with a proven bound, a reference, and the simple policies.

`python -m benchmarks.planning` plays simulated candidates through every scenario. The simple
policies are played by many candidates; nnquiz, which plans anew every day, by the first few of
them, and its score is that of the best simple policy plus the mean difference over those few.
Differences are paired: the same candidate, with the same luck. Exit status 1 if a target is missed:

- in matched scenarios no score is below that of the best simple policy (picked after seeing the
  scores), or the reference, by more than two standard errors;
- where it says 99 %, the score is at least 99 % of the bound, again within two standard errors.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.planning.candidates import play
from benchmarks.planning.planner import Planned
from benchmarks.planning.policies import SIMPLE, USUAL, anki
from benchmarks.planning.scenarios import SCENARIOS, Scenario

Array = NDArray[Any]

_ERRORS = 2.0  # standard errors that may be luck


@dataclass(frozen=True, slots=True)
class Result:
    """What a scenario came to.

    Attributes:
        scenario: which.
        simple: the mean scores of the simple policies, by name.
        best: the name of the best of them.
        anki: the mean score of Anki's way.
        lead: by how much nnquiz scored more than the best simple policy, a number a candidate.
        error: the standard error of the best simple policy's score.
        seconds: that the planned candidates took.
    """

    scenario: Scenario
    simple: dict[str, float]
    best: str
    anki: float
    lead: Array
    error: float
    seconds: float

    @property
    def score(self) -> float:
        """The score of nnquiz."""
        return self.simple[self.best] + float(self.lead.mean())

    @property
    def lead_error(self) -> float:
        """The standard error of the lead."""
        return float(self.lead.std(ddof=1) / np.sqrt(self.lead.size))

    @property
    def score_error(self) -> float:
        """The standard error of the score."""
        return float(np.hypot(self.error, self.lead_error))

    def misses(self) -> list[str]:
        """Return which targets are missed, in a few words each."""
        scenario, missed = self.scenario, []
        lowest = _ERRORS * self.score_error
        if scenario.matched and self.lead.mean() < -_ERRORS * self.lead_error - 5e-5:
            missed.append("below the best simple policy")
        if scenario.reference is not None and self.score + lowest < scenario.reference:
            missed.append("below the reference")
        if scenario.close and scenario.bound and self.score + lowest < 0.99 * scenario.bound:
            missed.append("below 99 % of the bound")
        return missed


def measure(scenario: Scenario, many: int, few: int, seed: int) -> Result:
    """Play a scenario: `many` candidates under the simple policies, `few` of them planned."""
    scores = {name: play(scenario, policy, many, seed) for name, policy in SIMPLE.items()}
    simple = {name: float(score.mean()) for name, score in scores.items()}
    best = max(simple, key=lambda name: simple[name])
    start = time.perf_counter()
    planned = play(scenario, Planned(scenario, seed), few, seed)
    seconds = time.perf_counter() - start
    return Result(
        scenario=scenario,
        simple=simple,
        best=best,
        anki=float(play(scenario, anki, many, seed).mean()),
        lead=planned - scores[best][:few],
        error=float(scores[best].std(ddof=1) / np.sqrt(many)),
        seconds=seconds,
    )


_HEAD = (
    f"{'scenario':21}{'bound':>7}{'refer.':>7}{'nnquiz':>7}{'±':>6}"
    f"{'simple':>8}{'lead':>8}{'±':>6}{'FSRS':>7}{'Anki':>7}  best simple policy"
)


def line(result: Result) -> str:
    """Return the row of a scenario."""
    scenario = result.scenario
    name = f"{scenario.name} {scenario.cards}x{scenario.days}x{scenario.minutes:g}"
    numbers = [scenario.bound, scenario.reference, result.score]
    shown = "".join(f"{'-':>7}" if value is None else f"{value:>7.4f}" for value in numbers)
    return (
        f"{name if scenario.matched else scenario.name:21}{shown}{result.score_error:>6.4f}"
        f"{result.simple[result.best]:>8.4f}{result.lead.mean():>+8.4f}{result.lead_error:>6.4f}"
        f"{result.simple[USUAL]:>7.4f}{result.anki:>7.4f}  {result.best}"
    )


def main() -> int:
    """Play the chosen scenarios and print a line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", help="names of scenarios, with commas between them")
    parser.add_argument("--many", type=int, default=300, help="candidates of the simple policies")
    parser.add_argument("--few", type=int, default=20, help="candidates that are planned")
    parser.add_argument("--seed", type=int, default=1, help="of all luck")
    chosen = parser.parse_args()
    names = [name.strip() for name in chosen.only.split(",")] if chosen.only else [*SCENARIOS]
    unknown = [name for name in names if name not in SCENARIOS]
    if unknown or not 2 <= chosen.few <= chosen.many:
        parser.error(
            f"no scenario {unknown[0]}; there are {', '.join(SCENARIOS)}"
            if unknown
            else "--few is at least 2, and at most as many as --many"
        )
    print("Bound and reference are quoted (benchmarks/planning/scenarios.py), the rest is played.")
    print(f"FSRS: .90, new cards first, spare time filled. Anki: {_ANKI_RULE}.\n")
    print(_HEAD)
    missed = []
    for name in names:
        result = measure(SCENARIOS[name], chosen.many, chosen.few, chosen.seed)
        marks = "".join(f"  MISSED: {miss}" for miss in result.misses())
        print(f"{line(result)}{marks}", flush=True)
        missed += result.misses()
    print(f"\n{len(missed)} targets missed." if missed else "\nNo target missed.")
    return 1 if missed else 0


_ANKI_RULE = ".90, 20 new cards a day mixed in, more when time is left"


if __name__ == "__main__":
    sys.exit(main())
