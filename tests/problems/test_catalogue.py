"""The table of problems and the ways into it."""

import subprocess
import sys
import time

import pytest

from nnquiz.errors import BadInput
from nnquiz.problems.catalogue import PROBLEMS, Row, card_seed, find, of_question, problem, redraw
from nnquiz.problems.grading import grade
from nnquiz.problems.reader import read


def test_names_are_unique_and_in_the_order_of_the_questions() -> None:
    """Every problem has a name, a title and a question from 1 to 22."""
    assert len({row.name for row in PROBLEMS}) == len(PROBLEMS)
    assert len({row.title for row in PROBLEMS}) == len(PROBLEMS)
    questions = [row.question for row in PROBLEMS]
    assert questions == sorted(questions)
    assert set(questions) <= set(range(1, 23))


def test_problems_are_found_by_name_and_by_beginning() -> None:
    """The exact name, in either spelling, or as much of it as leaves no doubt."""
    assert find("neuron_sigmoid").name == "neuron_sigmoid"
    assert find("Neuron-Sigmoid").name == "neuron_sigmoid"
    assert find("receptive").name == "receptive_field"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("neuron", "'neuron' is the beginning of", "`nnquiz problems` lists them"),
        ("neuron_sigmiod", "no problem 'neuron_sigmiod'", "did you mean neuron_sigmoid?"),
        ("bce", "no problem 'bce'", "did you mean sigmoid_bce_grad?"),
        ("", "no problem ''", "`nnquiz problems` lists them"),
        ("zzz", "no problem 'zzz'", "`nnquiz problems` lists them"),
    ],
)
def test_an_unknown_name_gets_a_way_out(name: str, message: str, hint: str) -> None:
    """One line says what is wrong, and the hint what to type instead."""
    with pytest.raises(BadInput) as refused:
        find(name)
    assert str(refused.value).startswith(message)
    assert hint in refused.value.hint


def test_a_beginning_is_not_enough_where_a_name_is_stored() -> None:
    """A card names its problem in full, so that a new problem never makes it ambiguous."""
    with pytest.raises(BadInput, match="no problem 'receptive'"):
        problem("receptive", 1)


def test_a_logged_problem_comes_back_as_it_was() -> None:
    """The label in the log is all that is needed."""
    drawn = problem("neuron_sigmoid", 48213)
    assert redraw(drawn.label) == drawn


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("neuron_sigmoid", "'neuron_sigmoid' is not name@version:seed"),
        ("neuron_sigmoid@x:1", "'neuron_sigmoid@x:1' is not name@version:seed"),
        ("neuron_sigmoid@99:1", "neuron_sigmoid is at version 1, not 99"),
        ("never_was@1:1", "no problem 'never_was'"),
    ],
)
def test_a_label_that_cannot_be_drawn_is_refused(label: str, message: str) -> None:
    """A problem that has changed since is not passed off as the old one."""
    with pytest.raises(BadInput) as refused:
        redraw(label)
    assert str(refused.value) == message


def test_each_review_of_a_card_has_numbers_of_its_own() -> None:
    """The seed follows from the card and its reviews, and from nothing else."""
    seeds = [card_seed("nnquiz/attention/two-tokens", reviews) for reviews in range(50)]
    assert len(set(seeds)) == 50
    assert all(0 <= seed < 1_000_000 for seed in seeds)
    assert seeds[:3] == [card_seed("nnquiz/attention/two-tokens", reviews) for reviews in range(3)]
    assert card_seed("nnquiz/attention/two-tokens", 0) != card_seed("nnquiz/attention/scale", 0)


def test_questions_have_their_problems() -> None:
    """The problems of a question are those of its number."""
    assert {row.name for row in of_question(1)} == {
        "neuron_preactivation",
        "neuron_sigmoid",
        "neuron_relu_grad",
        "sigmoid_bce_grad",
    }
    assert of_question(23) == ()


def test_listing_imports_no_generator() -> None:
    """The table can be read without importing a topic, and a draw without numpy."""
    program = (
        "import sys\n"
        "import nnquiz.problems.catalogue as catalogue\n"
        "topics = {f'nnquiz.problems.{row.module}' for row in catalogue.PROBLEMS}\n"
        "assert not topics & set(sys.modules)\n"
        "catalogue.problem('neuron_sigmoid', 1)\n"
        "assert topics & set(sys.modules) == {'nnquiz.problems.neuron'}\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("row", PROBLEMS, ids=lambda row: row.name)
def test_drawing_and_grading_take_under_two_milliseconds(row: Row) -> None:
    """The median of drawing a problem, reading an answer and grading it is far below a frame."""
    times = []
    for seed in range(25):
        started = time.perf_counter()
        drawn = problem(row.name, seed)
        grade(drawn, read("7*7*16*32+32"))
        times.append(time.perf_counter() - started)
    assert sorted(times)[12] < 0.002
