"""A simulated candidate plays the real program day by day, from nothing to the interview.

`python -m benchmarks.candidate matched --days 14 --minutes 20` sets a date with `nnquiz plan`. On
each day it asks `nnquiz plan` and `nnquiz ready` what is to be expected, and answers what `nnquiz
drill` asks; each is a process of its own, as it would be at a desk. Only the clock is not: the
processes read it from eight bytes of a file, which the candidate moves on by the seconds that an
answer takes. What was said each morning stands in a table beside what happened: the share that
would have been recalled on the day of the interview had the candidate stopped there, and the share
that is recalled in the end. Both are expectations over the candidate's own chances of recall,
weighted by importance as the program does. A star marks a range that did not hold what happened.

Candidates remember by FSRS-6, with numbers of their own:

- matched: as the program believes before it knows anybody, and nothing is known before it is asked:
  a first answer is wrong wherever the program compares what is typed or sorted, and otherwise has
  the usual first grades, which are given with the answer in sight;
- quick and slow: the same, but forgetting twice as fast, or half as fast;
- knowing: three cards of ten are known before they are ever asked, and the others are not;
- versed: of the cards whose answers are compared, seven of ten are known before.
"""

import argparse
import json
import mmap
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from nnquiz.model.event import AGAIN, EASY, GOOD, HARD
from nnquiz.study.memory import DEFAULT_WEIGHTS, Memory, next_memory, retrievability

FIRST_DAY = date(2026, 3, 2)  # a Monday
EVENING = 19  # o'clock
WAIT = 60_000_000_000  # ns between two commands

_FIRST_GRADES = (0.30, 0.15, 0.45, 0.10)
_ALL_AGAIN = (1.0, 0.0, 0.0, 0.0)
_MOSTLY_AGAIN = (0.70, 0.10, 0.15, 0.05)
_RECALLED = {HARD: 0.1, GOOD: 0.8, EASY: 0.1}
_SECONDS = {"first": 30.0, "recalled": 12.0, "again": 25.0}
_SPREAD = 0.3  # of the logarithm of the seconds that an answer takes
_COMPARED = frozenset({"cloze", "match", "order", "numeric"})  # kinds whose answer is no opinion

_MARK = "\x1e"  # before the id of a card that is about to be shown; no card has it in its text
_ASKS = re.compile(r"for the keys: \Z")
_ENDS = re.compile(r"to end(?:, u to undo)?: \Z")

# The program as it is, but for the clock, which is a file, and for the ids of what it asks.
_PROGRAM = f"""\
import mmap, os, struct, sys, time
clock = mmap.mmap(os.open(os.environ["CLOCK"], os.O_RDONLY), 8, access=mmap.ACCESS_READ)
localtime = time.localtime
time.time_ns = lambda: struct.unpack("q", clock[:])[0]
time.time = time.monotonic = lambda: time.time_ns() / 1e9
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
if "drill" in sys.argv:
    from nnquiz.study.sitting import Sitting
    following = Sitting.next
    def announced(self):
        asked = following(self)
        sys.stdout.write("{_MARK}" + (asked.card.id if asked else "") + "\\n")
        return asked
    Sitting.next = announced
from nnquiz.__main__ import main
main()
"""


class Person(NamedTuple):
    """Somebody who studies.

    Attributes:
        factor: on all stabilities of FSRS-6, where something is forgotten.
        decay: of the forgetting curve.
        first_grades: chances that a first answer is Again, Hard, Good, Easy.
        compared: the same where answers are compared, so that only what is known before passes.
        knowing: whether everywhere only that passes.
    """

    factor: float = 1.0
    decay: float = DEFAULT_WEIGHTS[20]
    first_grades: tuple[float, ...] = _FIRST_GRADES
    compared: tuple[float, ...] = _ALL_AGAIN
    knowing: bool = False


PEOPLE = {
    "matched": Person(),
    "quick": Person(factor=0.5),
    "slow": Person(factor=2.0),
    "knowing": Person(first_grades=_MOSTLY_AGAIN, compared=_MOSTLY_AGAIN, knowing=True),
    "versed": Person(compared=_FIRST_GRADES),
}


class Item(NamedTuple):
    """A card to a candidate: its kind, its importance, and the grade of its first answer."""

    kind: str
    weight: float
    first_grade: int


@dataclass
class Head:
    """What a person has in mind.

    Attributes:
        person: whose it is.
        items: all cards, by id.
        chance: where grades and seconds are drawn from.
        memories: of each card that was answered, and the day of that.
    """

    person: Person
    items: Mapping[str, Item]
    chance: random.Random
    memories: dict[str, tuple[Memory, int]] = field(default_factory=dict)

    def recall(self, card: str, day: int) -> float:
        """Return the true chance of recalling a card on a day."""
        if card not in self.memories:
            return float(self._knows_unseen(self.items[card]))
        memory, last = self.memories[card]
        weights = (*DEFAULT_WEIGHTS[:20], self.person.decay)
        return retrievability(day - last, self.person.factor * memory.stability, weights)

    def share(self, day: int) -> float:
        """Return the share of all cards that is recalled on a day, as importance weighs them."""
        total = sum(item.weight for item in self.items.values())
        recalled = sum(item.weight * self.recall(id_, day) for id_, item in self.items.items())
        return recalled / total

    def answer(self, card: str, day: int) -> tuple[int, float]:
        """Answer a card, remember it, and return the grade and the seconds that it took."""
        memory, last = self.memories.get(card, (None, day))
        if memory is None:
            grade, usual = self.items[card].first_grade, _SECONDS["first"]
        elif self.chance.random() < self.recall(card, day):
            (grade,) = self.chance.choices(list(_RECALLED), list(_RECALLED.values()))
            usual = _SECONDS["recalled"]
        else:
            grade, usual = AGAIN, _SECONDS["again"]
        self.memories[card] = next_memory(memory, grade, day - last, DEFAULT_WEIGHTS), day
        scatter = self.chance.lognormvariate(-(_SPREAD**2) / 2, _SPREAD)
        return grade, round(usual * scatter, 1)

    def _knows_unseen(self, item: Item) -> bool:
        return item.first_grade > AGAIN and (self.person.knowing or item.kind in _COMPARED)


class Day(NamedTuple):
    """A day of a course: what was said in its morning, and what happened.

    Attributes:
        day: its ordinal.
        stop: share, low and high said of stopping there.
        kept: the same of keeping the plan.
        stopped: the share truly recalled in the end had it been the last.
        planned: seconds that the plan had for it.
        seconds: that answers took.
        new: cards that were begun.
        answers: given.
    """

    day: int
    stop: tuple[float, float, float]
    kept: tuple[float, float, float]
    stopped: float
    planned: float
    seconds: float
    new: int
    answers: int


class Course(NamedTuple):
    """All days of a candidate, and the share truly recalled on the day of the interview."""

    days: list[Day]
    end: float


class Desk:
    """The program in a home of its own, and the clock on its wall."""

    def __init__(self, home: str) -> None:
        path = os.path.join(home, "clock")
        with open(path, "wb") as file:
            file.write(bytes(8))
        with open(path, "r+b") as file:
            self._clock = mmap.mmap(file.fileno(), 8)
        settings = {"NNQUIZ_HOME": home, "CLOCK": path, "TZ": "UTC", "COLUMNS": "80"}
        self._environment = {**os.environ, **settings, "NNQUIZ_BANK": ""}

    def set(self, moment: datetime) -> None:
        """Set the clock."""
        self._move_to(int(moment.timestamp()) * 1_000_000_000)

    def wait(self, nanoseconds: int) -> None:
        """Let time pass."""
        self._move_to(struct.unpack("q", self._clock[:])[0] + nanoseconds)

    def run(self, *arguments: str) -> str:
        """Run a command to its end, and return what it printed."""
        self.wait(WAIT)
        done = subprocess.run(
            self._command(arguments),
            capture_output=True,
            text=True,
            check=False,
            env=self._environment,
        )
        if done.returncode or done.stderr:
            message = f"nnquiz {' '.join(arguments)}: {done.returncode}\n{done.stderr}"
            raise RuntimeError(message)
        return done.stdout

    def json(self, *arguments: str) -> dict[str, Any]:
        """Run a command, and return its JSON."""
        shape: dict[str, Any] = json.loads(self.run(*arguments, "--json"))
        return shape

    def drill(self, head: Head, day: int, most: float) -> Iterator[tuple[int, float]]:
        """Answer what the drill asks for at most so many seconds, and yield grades and seconds."""
        self.wait(WAIT)
        left = most
        with subprocess.Popen(
            self._command(("drill", "--plain", "--no-typing")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environment,
        ) as program:
            assert program.stdin is not None
            for card in self._asked(program):
                if left <= 0:
                    break
                grade, seconds = head.answer(card, day)
                self.wait(round(seconds * 1e9))
                left -= seconds
                program.stdin.write(f"\n{grade}\n".encode())
                program.stdin.flush()
                yield grade, seconds
            rest, _ = program.communicate()
        if program.returncode:
            raise RuntimeError(rest.decode())

    @staticmethod
    def _asked(program: subprocess.Popen[bytes]) -> Iterator[str]:
        """Yield the id of each card once the program waits for its answer."""
        assert program.stdout is not None
        text = ""
        while written := os.read(program.stdout.fileno(), 65536):
            text += written.decode()
            if _ASKS.search(text):
                yield text.rpartition(_MARK)[2].partition("\n")[0]
                text = ""
            elif _ENDS.search(text):
                return

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-c", _PROGRAM, *arguments]

    def _move_to(self, nanoseconds: int) -> None:
        self._clock[:] = struct.pack("q", nanoseconds)


def play(person: Person, days: int, minutes: str, seed: int, interrupt: int = 0) -> Course:
    """Play the days until the interview.

    Args:
        person: who studies.
        days: until the interview.
        minutes: as `nnquiz plan --minutes` takes them.
        seed: of all that is drawn.
        interrupt: on every such day the drill is ended half-way, and begun again two hours later.
    """
    played: list[Day] = []
    chance = random.Random(seed)  # noqa: S311 -- no secret
    interview = FIRST_DAY + timedelta(days=days)
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(home)
        desk.set(_evening(FIRST_DAY))
        head = Head(person, _items(desk, person, chance), chance)
        desk.run("plan", "--interview", interview.isoformat(), "--minutes", minutes)
        for number in range(days):
            today = FIRST_DAY + timedelta(days=number)
            desk.set(_evening(today))
            half = interrupt > 0 and number % interrupt == interrupt - 1
            played.append(_study(desk, head, today.toordinal(), interview.toordinal(), half=half))
        return Course(played, head.share(interview.toordinal()))


def _study(desk: Desk, head: Head, day: int, interview: int, *, half: bool) -> Day:
    """Let somebody ask what to expect, and drill."""
    plan, ready = desk.json("plan"), desk.json("ready")
    stop = _said(plan, "stop")
    assert stop == (ready["expected"], ready["low"], ready["high"])
    stopped, begun = head.share(interview), len(head.memories)
    budget = 60 * plan["days"][0]["available"]
    answers = list(desk.drill(head, day, budget / 2 if half else budget + 60))
    if half:
        desk.wait(2 * 3600 * 1_000_000_000)
        answers += desk.drill(head, day, budget)
    return Day(
        day=day,
        stop=stop,
        kept=_said(plan, "kept"),
        stopped=stopped,
        planned=budget,
        seconds=sum(seconds for _, seconds in answers),
        new=len(head.memories) - begun,
        answers=len(answers),
    )


def _said(plan: Mapping[str, Any], what: str) -> tuple[float, float, float]:
    low, high = plan["interval"][what]
    return plan["share"][what], low, high


def _items(desk: Desk, person: Person, chance: random.Random) -> dict[str, Item]:
    """Return all cards of the shipped bank, and draw what each is to the candidate at first."""
    lines = desk.json("list")["questions"]
    weights = {line["number"]: 1.0 if line["level"] == "advanced" else 2.0 for line in lines}
    items = {}
    for card in desk.json("cards")["cards"]:
        grades = person.compared if card["kind"] in _COMPARED else person.first_grades
        (grade,) = chance.choices((AGAIN, HARD, GOOD, EASY), grades)
        items[card["id"]] = Item(card["kind"], weights[card["question"]], grade)
    return items


def _evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, EVENING, tzinfo=UTC)


def table(played: Course) -> list[str]:
    """Return a course as lines."""
    lines = [f"{'day':<12}{'if stopped: said':<22}{'true':>6}{'  if kept: said':<24}{'new':>5}"]
    lines[0] += f"{'answers':>9}{'minutes':>9}{'of':>4}"
    for day in played.days:
        stop, kept = _range(day.stop, day.stopped), _range(day.kept, played.end)
        row = f"{date.fromordinal(day.day)}  {stop:<20}{100 * day.stopped:6.1f}    {kept:<20}"
        row += f"{day.new:5}{day.answers:9}{day.seconds / 60:9.1f}{day.planned / 60:4.0f}"
        lines.append(row)
    return [*lines, f"recalled on the day of the interview: {100 * played.end:.1f} %"]


def _range(said: tuple[float, float, float], truth: float) -> str:
    expected, low, high = (100 * share for share in said)
    missed = "" if low <= 100 * truth <= high else " *"
    return f"{expected:5.1f} ({low:.1f}-{high:.1f}){missed}"


def main(arguments: list[str] | None = None) -> int:
    """Let candidates study, and print what was said to them and what happened."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("who", nargs="*", metavar="WHO", help=f"of {', '.join(PEOPLE)}")
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--minutes", default="20", help="as nnquiz plan has them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--interrupt", type=int, default=0, metavar="N", help="every Nth day")
    given = parser.parse_args(arguments)
    if unknown := set(given.who) - set(PEOPLE):
        parser.error(f"no such candidate: {', '.join(sorted(unknown))}")
    for who in given.who or ["matched"]:
        print(f"{who}, {given.days} days of {given.minutes} minutes, seed {given.seed}")
        played = play(PEOPLE[who], given.days, given.minutes, given.seed, given.interrupt)
        print("\n".join(table(played)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
