"""A number that a text quotes from a worked example is the number that the example gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.bank.links import printed
from nnquiz.bank.load import load_bank
from nnquiz.bank.standards import Known
from nnquiz.errors import BadInput

BASE = "id: a\nquestion: q\nanswer: x\n"
NUMBERS = {
    "neuron#a": 0.34298954,
    "neuron#z": -0.65,
    "neuron?b=0#a": 0.321,
    "dense#y[0,1]": 12.5,
    "dense#m hat": 3.0,
    "count#total": 235146.0,
    "deep#slope": 3.4831e-07,
    "flat#slope": float("inf"),
    "gap#none": float("nan"),
}


def number(address: str) -> float:
    """Stand for the worked examples."""
    if address not in NUMBERS:
        message = "no such number"
        raise BadInput(message, "try another")
    return NUMBERS[address]


KNOWN = Known(examples=set(), problems=set(), number=number)
Check = Callable[[str], list[tuple[int, int, str]]]


@pytest.fixture
def check(write: Callable[..., Path]) -> Check:
    """Return a function that checks a question: line, column and words of each problem."""

    def told(text: str) -> list[tuple[int, int, str]]:
        bank = load_bank(str(write("deck.yaml", text)), known=KNOWN)
        return [(problem.line, problem.column, problem.what) for problem in bank.problems]

    return told


@pytest.mark.parametrize(
    "link",
    [
        "[0.343](example:neuron#a)",
        "[0.34](example:neuron#a)",
        "[34.3 %](example:neuron#a)",
        "[34%](example:neuron#a)",
        "[−0.65](example:neuron#z)",
        "[**-0.65**](example:neuron#z)",
        "[$-0.65$](example:neuron#z)",
        "[-0.650](example:neuron#z)",
        "[0.321](example:neuron?b=0#a)",
        "[12](example:dense#y[0,1])",
        "[13](example:dense#y[0,1])",
        "[12.5](<example:dense#y[0,1]>)",
        "[3](<example:dense#m hat>)",
        "[235,146](example:count#total)",
        "[235146](example:count#total)",
        r"[$235\\,146$](example:count#total)",
        "[3.483e-07](example:deep#slope)",
        "[3.5 × 10⁻⁷](example:deep#slope)",
        r"[$3.48 \\times 10^{-7}$](example:deep#slope)",
        "[3.48·10^-7](example:deep#slope)",
    ],
)
def test_a_number_is_right_as_far_as_it_is_printed(check: Check, link: str) -> None:
    """Any usual way to print a number will do; half way, rounding up and to even both will."""
    assert check(f'id: a\nquestion: q\nanswer: "so it is {link}."\n') == []


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("[0.342](example:neuron#a)", '"0.342" is not what example:neuron#a gives: 0.34298954'),
        ("[0.65](example:neuron#z)", '"0.65" is not what example:neuron#z gives: -0.65'),
        ("[0.34 %](example:neuron#a)", '"0.34 %" is not what example:neuron#a gives: 0.34298954'),
        (
            "[3.5e-08](example:deep#slope)",
            '"3.5e-08" is not what example:deep#slope gives: 3.4831e-07',
        ),
        ("[9](example:flat#slope)", '"9" is not what example:flat#slope gives: inf'),
        ("[0](example:gap#none)", '"0" is not what example:gap#none gives: nan'),
        ("[about 0.3](example:neuron#a)", '"about 0.3" leads into an example and is no number'),
        ("[](example:neuron#a)", '"" leads into an example and is no number'),
        ("[1](example:neuron)", "example:neuron: no such number"),
        ("[1](example:dense#y[9,9])", "example:dense#y[9,9]: no such number"),
        ("[3](example:dense#m hat)", "no link comes of ](example:dense#m"),
    ],
)
def test_what_is_wrong_is_told_at_the_address(check: Check, link: str, what: str) -> None:
    """The line says what the example gives, or why there is no such number."""
    column = len("answer: so ") + link.index("example:") + 1
    assert check(f"id: a\nquestion: q\nanswer: so {link} it is\n") == [(3, column, what)]


@pytest.mark.parametrize(
    "text",
    [
        "id: a\nquestion: q\nanswer: {short: s, full: '[1](example:neuron#a)'}\n",
        f"{BASE}key_points: [{{id: k, point: '[1](example:neuron#a)', weight: 1}}]\n",
        f"{BASE}follow_ups: [{{id: f, question: q, answer: '[1](example:neuron#a)'}}]\n",
        f"{BASE}pitfalls: [{{claim: '[1](example:neuron#a)', kind: wrong, holds: h}}]\n",
        f"{BASE}pitfalls: [{{claim: c, kind: wrong, holds: '[1](example:neuron#a)'}}]\n",
        f"{BASE}cards: [{{id: b, kind: cloze, text: '[{{{{c1::1}}}}](example:neuron#a)'}}]\n",
        "id: a\nquestion: q\nanswer: |\n  - [1](example:neuron#a)\n",
        "id: a\nquestion: q\nanswer: |\n  |h|\n  |-|\n  |[1](example:neuron#a)|\n",
    ],
)
def test_every_text_is_looked_at(check: Check, text: str) -> None:
    """Answers, key points, follow-ups, pitfalls and cards may quote a number."""
    *lines, last = text.splitlines()
    what = '"1" is not what example:neuron#a gives: 0.34298954'
    assert check(text) == [(len(lines) + 1, last.index("example:") + 1, what)]


def test_equal_links_have_places_of_their_own(check: Check) -> None:
    """The wrong one of two links to one number is told, and no longer address is taken for it."""
    text = (
        "id: a\nquestion: q\nanswer: |\n  [1](example:neuron#aa)\n"
        "  [0.3](example:neuron#a)\n  [1](example:neuron#a)\n"
    )
    assert [place for *place, _ in check(text)] == [[4, 7], [6, 7]]


def test_other_links_are_left_alone(check: Check) -> None:
    """A web address promises no number."""
    assert check("id: a\nquestion: q\nanswer: '[0.3](https://example.org/#a)'\n") == []


@pytest.mark.parametrize(
    "words", ["", "x", "1.", "1,23", "0.3 bits", "1e9999", "10^", "--1", "1 2", "٣"]
)
def test_what_is_no_number(words: str) -> None:
    """What is not wholly one number in digits is none."""
    assert printed(words) is None
