"""The order card: put steps or sizes in their order."""

import re
from itertools import combinations

from nnquiz.cards.exercise import Exercise, Line, Prompt, Turn
from nnquiz.cards.result import Result, Unreadable
from nnquiz.model.written import Order

_LETTERS = "abcdefghi"
_BETWEEN = re.compile(r"[\s,;.<>→)(-]+")


def ask(order: Order, turn: Turn) -> Exercise[tuple[int, ...]]:
    """Return the card with its items shuffled anew for each review, and never already in order.

    The exercise's key is the right place of each item, counted from 0, as they are shown.
    """
    shown = turn.shuffled(len(order.items))
    if shown == tuple(sorted(shown)):
        shown = (*shown[1:], shown[0])
    labels = [str(number) for number in range(1, len(shown) + 1)]
    items = [order.items[place].blocks for place in shown]
    example = " ".join([labels[1], labels[0], *labels[2:]])
    prompt = Prompt(
        text=order.prompt.blocks,
        lines=tuple(map(Line, labels, items)),
        wanted=f"Type all {len(shown)} numbers in their order, like {example}.",
    )
    right = [item.blocks for item in order.items]
    return Exercise("order", prompt, [{"kind": "list", "start": 1, "items": right}], shown)


def grade(exercise: Exercise[tuple[int, ...]], typed: str) -> Result:
    """Judge an order by the share of pairs that stand the right way round.

    Raises:
        Unreadable: what was typed does not name every item once.
    """
    places = [exercise.key[shown] for shown in _permutation(exercise, typed)]
    pairs = list(combinations(places, 2))
    well = sum(first < second for first, second in pairs)
    said = "Right." if well == len(pairs) else f"{well} of {len(pairs)} pairs in the right order."
    return exercise.marked(well, len(pairs), said, " ".join(str(place + 1) for place in places))


def _permutation(exercise: Exercise[tuple[int, ...]], typed: str) -> list[int]:
    """Return which of the shown items was put first, second, ..., counted from 0."""
    named = _BETWEEN.sub("", typed.casefold())
    labels = "".join(line.label for line in exercise.prompt.lines)
    for alphabet in (labels, _LETTERS[: len(labels)]):
        if sorted(named) == sorted(alphabet):
            return [alphabet.index(name) for name in named]
    raise Unreadable(exercise.prompt.wanted)
