"""When a card comes next: whole days from its memory, the wish for retention, and a little fuzz.

The four states that the buttons stand for are computed once, when the card is shown, and the
chosen one is saved as it is; replay computes the same from the log by the same function.
"""

import zlib
from collections.abc import Sequence

from nnquiz.model.event import AGAIN, EASY, GOOD, HARD
from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS, Memory, interval, next_memory

LONGEST_INTERVAL = 36500  # days; py-fsrs and Anki end there too

# Cards learnt together would come back together for ever; so intervals are spread by up to a day
# and these shares of their parts, as Anki does it.
_LEAST_FUZZED = 2.5
_FUZZ_SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float(LONGEST_INTERVAL), 0.05))

_WORD = (1 << 64) - 1


def fuzz(days: float, card: str, reviews: int) -> int:
    """Return an interval of `days` as whole days, at least 1, spread around their value.

    The spread depends on the card's id and on how many reviews it has had, and on nothing else:
    the same log gives the same due days wherever and whenever it is replayed. A longer interval
    of the same card never becomes the shorter one.
    """
    days = min(days, LONGEST_INTERVAL)
    if days < _LEAST_FUZZED:
        return max(1, round(days))
    low, high = fuzz_band(days)
    return low + (_share(card, reviews) * (high - low + 1) >> 64)


def fuzz_band(days: float) -> tuple[int, int]:
    """Return the least and the greatest whole days that an interval of 2.5 or more may become."""
    spread = 1.0 + sum(
        share * max(0.0, min(days, end) - start) for start, end, share in _FUZZ_SHARES
    )
    return max(2, round(days - spread)), min(LONGEST_INTERVAL, round(days + spread))


def answered(
    state: CardState,
    grade: int,
    day: int,
    retention: float,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> CardState:
    """Return the state after an answer on study day `day`, its time and event still those before.

    Args:
        state: before the answer.
        grade: 1 Again, 2 Hard, 3 Good, 4 Easy.
        day: study day, as an ordinal, on which the card was shown. After a flight west it may
            be before that of the last review: a repeat, which counts from this day on.
        retention: desired retention, in (0, 1).
        weights: w0 to w20 of the memory model.
    """
    memory, days = None, 0
    if state.stability is not None and state.difficulty is not None and state.day is not None:
        memory, days = Memory(state.stability, state.difficulty), day - state.day
    stability, difficulty = next_memory(memory, grade, days, weights)
    due = day
    if grade != AGAIN:
        due += fuzz(interval(stability, retention, weights), state.card, state.reviews)
    return CardState(
        card=state.card,
        stability=stability,
        difficulty=difficulty,
        day=day,
        due=due,
        grade=grade,
        reviews=state.reviews + 1,
        lapses=state.lapses + (grade == AGAIN and days > 0),
        first_day=day if state.first_day is None else state.first_day,
        time=state.time,
        event=state.event,
        suspended=state.suspended,
        leech=state.leech,
    )


def choices(
    state: CardState, day: int, retention: float, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> tuple[CardState, CardState, CardState, CardState]:
    """Return the states after Again, Hard, Good and Easy on study day `day`.

    Again is due on the same day; of the others, each is due no earlier than the one before it.
    """
    return (
        answered(state, AGAIN, day, retention, weights),
        answered(state, HARD, day, retention, weights),
        answered(state, GOOD, day, retention, weights),
        answered(state, EASY, day, retention, weights),
    )


def _share(card: str, reviews: int) -> int:
    """Return 64 bits that look random and are the same on every machine (hash() is not).

    The finaliser of splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
    Generators, 2014) spreads what the checksum leaves close together.
    """
    bits = (zlib.crc32(card.encode("utf-8", "surrogatepass")) << 32) + reviews
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & _WORD
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & _WORD
    return bits ^ bits >> 31
