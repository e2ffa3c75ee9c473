"""The cloze card: say which word or formula was left out of a sentence."""

from collections.abc import Callable
from typing import NamedTuple

from nnquiz.cards.exercise import Exercise, Prompt, Turn
from nnquiz.cards.result import Result, Unreadable
from nnquiz.cards.spelling import near, same, same_maths
from nnquiz.model.document import Document
from nnquiz.model.written import Cloze

_WORDS = "Type what belongs in the gap."
_SHORTEST_HINTED = 3  # characters

_FORMULA = "Type the formula that belongs in the gap; every sign counts."


class Blank(NamedTuple):
    """The answers that are right, whether they are formulas, and who knows all other answers."""

    answers: tuple[str, ...]
    maths: bool
    is_answer: Callable[[str], bool]


def ask(cloze: Cloze, turn: Turn) -> Exercise[Blank]:
    """Return the card as it is asked; the hint is how the answer begins."""
    answers = (cloze.answer, *cloze.accept)
    prompt = Prompt(
        text=cloze.gapped.blocks,
        wanted=_FORMULA if cloze.maths else _WORDS,
        hints=(_beginning(cloze.answer),) if _can_begin(cloze) else (),
    )
    blank = Blank(answers, cloze.maths, turn.is_answer)
    return Exercise("cloze", prompt, cloze.filled.blocks, blank)


def grade(exercise: Exercise[Blank], typed: str) -> Result:
    """Judge what was typed.

    Words are right however they are spelt that `nnquiz.cards.spelling.same` forgives, and close
    where they are near an answer and not themselves the answer to something else. A formula is
    right where `same_maths` says so.

    Raises:
        Unreadable: nothing was typed.
    """
    answers, maths, is_answer = exercise.key
    said = " ".join(typed.split())
    if not said:
        raise Unreadable(exercise.prompt.wanted)
    if any((same_maths if maths else same)(said, answer) for answer in answers):
        return exercise.marked(1, 1, "Right.", said)
    if not maths and any(near(said, answer) for answer in answers) and not is_answer(said):
        return exercise.close("Close: look at the spelling.", said)
    return exercise.marked(0, 1, "Wrong.", said)


def _can_begin(cloze: Cloze) -> bool:
    """Tell whether the first letter is a hint and not the answer."""
    return not cloze.maths and len(cloze.answer) >= _SHORTEST_HINTED


def _beginning(answer: str) -> Document:
    """Return how an answer begins, and how long it is."""
    text = f"It begins with {answer[0]} and has {len(answer)} characters."
    return [{"kind": "paragraph", "spans": [{"kind": "text", "text": text}]}]
