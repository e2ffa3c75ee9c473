"""How a draft becomes a problem, and when it is drawn again."""

from dataclasses import replace
from random import Random

import pytest

from nnquiz.problems.catalogue import problem
from nnquiz.problems.problem import REDRAWS, Draft, DrawAgain, Kind, Mistake, draw


def draft(
    answer: float, *mistakes: tuple[float, str], kind: Kind = "real", digits: int = 3
) -> Draft:
    """A draft that has only an answer and mistakes."""
    return Draft({}, "", answer, ("",), mistakes, kind=kind, digits=digits)


@pytest.mark.parametrize(
    ("answer", "mistake", "kind"),
    [
        (0.500, 0.500, "real"),
        (0.500, 0.502, "real"),
        (0.9995, 1.0024, "real"),
        (100.0, 102.0, "real"),
        (0.0, 0.0, "real"),
        (64, 64, "integer"),
    ],
)
def test_a_mistake_too_near_the_answer_is_drawn_again(
    answer: float, mistake: float, kind: Kind
) -> None:
    """Whoever made the mistake would be told that they are right; so it is never shown."""
    with pytest.raises(RuntimeError, match=r"^name@1:5: no fair draw in 101$"):
        draw(lambda _: draft(answer, (mistake, "a"), kind=kind), "name", 1, 1, 5)


@pytest.mark.parametrize(
    ("answer", "mistake", "kind"),
    [
        (0.500, 0.503, "real"),
        (-0.00023, 0.0, "real"),
        (0.0, 0.5, "real"),
        (64, 65, "integer"),
    ],
)
def test_a_mistake_that_can_be_told_is_kept(answer: float, mistake: float, kind: Kind) -> None:
    """Three units of the last digit are enough, and 0 is no special case."""
    drawn = draw(lambda _: draft(answer, (mistake, "a"), kind=kind), "name", 1, 1, 5)
    assert drawn.mistakes == (Mistake(mistake, "a"),)


def test_a_degenerate_draw_is_drawn_again_from_the_same_numbers() -> None:
    """The generator goes on drawing where it was; it does not start over."""
    taken: list[float] = []

    def generate(rng: Random) -> Draft:
        taken.append(rng.random())
        if len(taken) < 4:
            raise DrawAgain
        return draft(taken[-1])

    draw(generate, "name", 1, 1, 5)
    rng = Random("name@1:5")
    assert taken == [rng.random() for _ in range(4)]


def test_a_generator_that_never_succeeds_is_given_up() -> None:
    """After a hundred further draws there is an error, not a hang."""
    calls = 0

    def generate(rng: Random) -> Draft:
        nonlocal calls
        calls += 1
        raise DrawAgain

    with pytest.raises(RuntimeError):
        draw(generate, "name", 1, 1, 5)
    assert calls == 1 + REDRAWS


def test_binary_noise_is_taken_away() -> None:
    """The answer and the mistakes read like numbers that somebody wrote."""
    drawn = draw(lambda _: draft(1.7000000000000002, (-0.1 - 0.2, "a")), "name", 2, 9, 5)
    assert drawn.answer == 1.7
    assert drawn.mistakes[0].value == -0.3
    assert (drawn.label, drawn.question) == ("name@2:5", 9)


def test_two_mistakes_with_one_number_are_both_named() -> None:
    """Nobody is told of the one error when they may have made the other."""
    drawn = draw(lambda _: draft(1.0, (0.3, "first"), (0.1 + 0.2, "second")), "name", 1, 1, 5)
    assert drawn.mistakes == (Mistake(0.3, "first, or second"),)


def test_a_value_is_written_to_the_digits_that_matter() -> None:
    """Arithmetic that was typed comes back readable: three digits more than are wanted."""
    real = replace(problem("neuron_sigmoid", 1), unit="m")
    assert real.written(0.995357440365) == "0.995357 m"
    assert problem("conv_params", 1).written(14450688) == "14450688"
