"""The choice card: find the right one among the real misconceptions."""

from nnquiz.cards.exercise import Exercise, Line, Prompt, Turn
from nnquiz.cards.explain import LETTERS
from nnquiz.cards.result import Result, Unreadable
from nnquiz.model.written import Choice, Option


def ask(choice: Choice, turn: Turn) -> Exercise[tuple[Option, ...]]:
    """Return the card with its options shuffled anew for each review.

    They have the letters that tick key points elsewhere, for digits are grades.
    """
    shown = tuple(choice.options[place] for place in turn.shuffled(len(choice.options)))
    labels = tuple(LETTERS[: len(shown)])
    prompt = Prompt(
        text=choice.prompt.blocks,
        lines=tuple(
            Line(label, option.text.blocks) for label, option in zip(labels, shown, strict=True)
        ),
        wanted=f"Type the letter of an option: {', '.join(labels[:-1])} or {labels[-1]}.",
        keys=labels,
    )
    right = next(option for option in shown if option.right)
    return Exercise("choice", prompt, [*right.text.blocks, *right.why.blocks], shown)


def grade(exercise: Exercise[tuple[Option, ...]], typed: str) -> Result:
    """Judge the option that was named; a wrong one comes with the mistake behind it.

    Raises:
        Unreadable: what was typed names no option.
    """
    labels = exercise.prompt.keys
    name = typed.strip().strip("().").casefold()
    if name not in labels:
        raise Unreadable(exercise.prompt.wanted)
    option = exercise.key[labels.index(name)]
    said = " ".join(option.text.source.split())
    if option.right:
        return exercise.marked(1, 1, "Right.", said)
    return exercise.marked(0, 1, "Wrong.", said, option.why.blocks)
