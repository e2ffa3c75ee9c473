"""What is asked on a written card: from the file to the index and back, with its faults told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.bank import cloze
from nnquiz.bank.bodies import decode, encode
from nnquiz.bank.files import Places
from nnquiz.bank.index import Index
from nnquiz.bank.load import Bank, load_bank
from nnquiz.bank.markdown import parse_markdown, plain
from nnquiz.errors import BadInput
from nnquiz.model.question import FollowUp, Passage, Question
from nnquiz.model.written import Choice, Cloze, Match, Numeric, Option, Order, Written

BASE = "id: a\nquestion: q\nanswer: x\n"
GROUPED = "follow_ups: [{id: f, question: q, answer: a, group: g}]"
ALL_KINDS = """\
id: all
question: Why?
answer: So.
tags: [transformers]
follow_ups: [{id: why, question: 'And $x^2$?', answer: Because.}]
cards:
- {id: words, kind: cloze, text: 'A {{c1::softmax}} over {{c2::keys::what?}}', accept: {c1: [b]}}
- {id: maths, kind: cloze, text: 'Its root is {{c1::√d}}', maths: [c1]}
- {id: pick, kind: choice, prompt: p, options: [{text: z, why: w}, {text: $y_1$, right: true}]}
- {id: sort, kind: order, prompt: p, items: [one, two, three]}
- {id: pair, kind: match, prompt: p, pairs: {a: $x$, b: y}}
- {id: sum, kind: numeric, problem: conv_params}
"""


@pytest.fixture
def load(write: Callable[..., Path]) -> Callable[[str], Bank]:
    """Return a function that loads a bank of one file that ends in these cards."""
    return lambda cards: load_bank(str(write("deck.yaml", f"{BASE}cards:\n{cards}")))


@pytest.fixture
def index(home: Places, write: Callable[..., Path]) -> Iterator[Index]:
    """The index of a home that has a question with a card of every kind."""
    write("own/all.yaml", ALL_KINDS)
    with Index.open(home) as opened:
        yield opened


def words(passage: Passage) -> str:
    """Return a text without its markup."""
    return plain(passage.blocks)


def test_every_card_has_its_body(index: Index) -> None:
    """One card at a time comes out of the index, whatever its kind is."""
    bodies = {card.id.removeprefix("own/all/"): index.body(card.id) for card in index.cards()}
    question, follow_up = bodies["explain"], bodies["follow-up/why"]
    assert isinstance(question, Question)
    assert question.id == "all"
    assert isinstance(follow_up, FollowUp)
    assert follow_up.answer.source == "Because."
    first, second, formula = (bodies[name] for name in ("words/c1", "words/c2", "maths/c1"))
    assert isinstance(first, Cloze)
    assert isinstance(second, Cloze)
    assert isinstance(formula, Cloze)
    assert (words(first.gapped), words(second.gapped)) == (
        "A […] over keys",
        "A softmax over [what?]",
    )
    assert (first.answer, first.accept, first.maths) == ("softmax", ("b",), False)
    assert (second.answer, second.accept, formula.maths) == ("keys", (), True)
    choice, order, match = bodies["pick"], bodies["sort"], bodies["pair"]
    assert isinstance(choice, Choice)
    assert [(words(option.text), option.right) for option in choice.options] == [
        ("z", False),
        ("y₁", True),
    ]
    assert [option.why.source for option in choice.options] == ["w", ""]
    assert isinstance(order, Order)
    assert [item.source for item in order.items] == ["one", "two", "three"]
    assert isinstance(match, Match)
    assert [(left.source, right.source) for left, right in match.pairs] == [
        ("a", "$x$"),
        ("b", "y"),
    ]
    assert bodies["sum"] == Numeric("conv_params")


def test_a_card_that_does_not_exist(index: Index) -> None:
    """An id that no bank has is told."""
    with pytest.raises(BadInput, match='no card "own/all/other"'):
        index.body("own/all/other")


def test_the_other_answers_of_a_bank(index: Index) -> None:
    """Accepted words and tags are known in any spelling; formulas and other banks are not."""
    for text in ("Soft-Max", "b", "KEYS", "transformer s", "transformerss"):
        assert index.is_answer("own", text)
    for text in ("√d", "neuron", "softmaxes over", ""):
        assert not index.is_answer("own", text)
    assert index.is_answer("nnquiz", "neuron")


def test_the_last_good_form_keeps_its_cards(
    index: Index, home: Places, write: Callable[..., Path]
) -> None:
    """A question that breaks is asked as it was, with every card of it."""
    names = [card.id for card in index.cards(questions=["own/all"])]
    before = [index.body(name) for name in names]
    write("own/all.yaml", f"{ALL_KINDS}nonsense: 1\n")
    with Index.open(home) as after:
        assert after.warnings
        assert [card.id for card in after.cards(questions=["own/all"])] == names
        assert [after.body(name) for name in names] == before
        assert after.is_answer("own", "softmax")


def test_of_two_cards_with_one_id_the_first_counts(
    home: Places, write: Callable[..., Path]
) -> None:
    """A name that stands twice is reported by check, and stops nobody from studying."""
    cards = "- {id: b, kind: numeric, problem: first}\n- {id: b, kind: numeric, problem: second}\n"
    write("own/all.yaml", f"{BASE}cards:\n{cards}")
    with Index.open(home) as opened:
        assert opened.body("own/a/b") == Numeric("first")
        assert [card.id for card in opened.cards(questions=["own/a"])] == [
            "own/a/explain",
            "own/a/b",
        ]


PASSAGES = st.builds(Passage, st.text(), st.just([{"kind": "rule"}]))


@given(
    st.one_of(
        st.builds(Cloze, PASSAGES, PASSAGES, st.text(), st.tuples(st.text()), st.booleans()),
        st.builds(
            Choice, PASSAGES, st.tuples(st.builds(Option, PASSAGES, st.booleans(), PASSAGES))
        ),
        st.builds(Order, PASSAGES, st.tuples(PASSAGES, PASSAGES)),
        st.builds(Match, PASSAGES, st.tuples(st.tuples(PASSAGES, PASSAGES))),
        st.builds(Numeric, st.text()),
    )
)
@settings(max_examples=60)
def test_bodies_survive_the_index(body: Written) -> None:
    """What is written comes back as it was."""
    kind = type(body).__name__.lower()
    back = decode(kind, encode(body))
    assert back == body
    assert type(back) is type(body)


def shown(text: str, name: str) -> tuple[str, str]:
    """Return the words of a cloze text with the blank of this name empty, and filled."""
    blanks, marked = cloze.read(text)
    blocks, _ = cloze.parse(marked)
    return plain(cloze.gapped(blocks, blanks, name)), plain(cloze.filled(blocks, blanks, name))


@pytest.mark.parametrize(
    ("text", "name", "gapped", "filled"),
    [
        ("A {{c1::x}} b", "c1", "A […] b", "A x b"),
        ("{{c1::x}}, {{c2::y}}", "c2", "x, […]", "x, y"),
        ("{{c1::x::which?}}", "c1", "[which?]", "x"),
        ("call `model.{{c1::eval}}()`", "c1", "call model.[…]()", "call model.eval()"),
        ("*very {{c1::big}}*", "c1", "very […]", "very big"),
        ("{{c1::a*b*c}} and {{c2::_d_}}", "c2", "a*b*c and […]", "a*b*c and _d_"),
        ("{{c1::it}} is {{c1::it}}", "c1", "[…] is […]", "it is it"),
        ("$x^2$ is {{c1::even}}", "c1", "x² is […]", "x² is even"),
        ("| a | {{c1::b}} |\n|---|---|\n| 1 | 2 |", "c1", "a […] 1 2", "a b 1 2"),
    ],
)
def test_gaps_and_answers(text: str, name: str, gapped: str, filled: str) -> None:
    """One blank is empty and the others are filled in; no answer is taken for Markdown."""
    assert shown(text, name) == (gapped, filled)


def test_the_gap_is_set_off() -> None:
    """A gap, and the answer in its place, are strong; the words around them are not."""
    blanks, marked = cloze.read("A {{c1::x}}, {{c2::y}}.")
    blocks, _ = cloze.parse(marked)
    assert cloze.filled(blocks, blanks, "c1") == [
        {
            "kind": "paragraph",
            "spans": [
                {"kind": "text", "text": "A "},
                {"kind": "strong", "spans": [{"kind": "text", "text": "x"}]},
                {"kind": "text", "text": ", y."},
            ],
        }
    ]


@given(st.text("ab*_`$[]() {}:c1\n", max_size=40))
@settings(max_examples=150)
def test_any_cloze_text_can_be_shown(text: str) -> None:
    """Whatever is written, no mark is left in what is shown."""
    text = f"{{{{c1::x}}}} {text}"
    for form in shown(text, "c1"):
        assert not set(form) & {"\ufffe", "\uffff"}


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ("- {id: b, kind: cloze, text: '{{c1::x}} {{soft}}'}", (5, 41, "this is no blank")),
        ("- {id: b, kind: cloze, text: '{{c1::x}} {{c2:y}} z'}", (5, 41, "this is no blank")),
        ("- {id: b, kind: cloze, text: '{{c1::x}} {{c2::y'}", (5, 41, "this is no blank")),
        ("- {id: b, kind: cloze, text: '{{c1::x}} {{c2::}}'}", (5, 41, "this is no blank")),
        ("- {id: b, kind: cloze, text: '{{c1::x}} `{{c2:y}}`'}", (5, 42, "this is no blank")),
        ("- {id: b, kind: cloze, text: '{{c1::x}} y}}'}", (5, 42, "two closing braces")),
        ("- {id: b, kind: cloze, text: '{{c1::x}} {{c1::y}}'}", (5, 41, "two different answers")),
        (
            "- {id: b, kind: choice, prompt: p, options: [{text: a}, {text: a, right: true}]}",
            (5, 64, "stands twice on the card; first in line 5"),
        ),
        ("- {id: b, kind: order, prompt: p, items: [x y, z, 'x  y']}", (5, 51, "stands twice")),
        ("- {id: b, kind: order, prompt: p, items: [x, y]}", (5, 42, "at least 3 wanted")),
        ("- {id: b, kind: match, prompt: p, pairs: {a: x, b: x}}", (5, 52, "stands twice")),
        ("- {id: b, kind: choice, prompt: $x^^2$, options: [{text: a, right: true}, {text: b}]}",
         (5, 36, "formula")),
        ("- {id: b, kind: match, prompt: p, pairs: {$x^^2$: x, b: y}}", (5, 46, "formula")),
        ("- {id: b, kind: numeric, problem: p, group: g}", (5, 45, "no other card is in")),
        (f"- {{id: b, kind: numeric, problem: p}}\n{GROUPED}", (6, 53, "no other card is in")),
    ],
)  # fmt: skip
def test_the_faults_of_a_card(
    load: Callable[[str], Bank], cards: str, expected: tuple[int, int, str]
) -> None:
    """Each fault is told once, at its place."""
    (problem,) = load(cards).problems
    line, column, what = expected
    assert (problem.line, problem.column) == (line, column), problem
    assert what in problem.what


@pytest.mark.parametrize(
    "cards",
    [
        "- {id: b, kind: cloze, text: '{{c1::x}} and {{c1::x}}, `{\"a\": {}}` and $a_{b_{c}}$'}",
        "- {id: b, kind: cloze, text: '{{c1::x}} {{c3::y::{a hint}}}', group: g}",
        "- {id: b, kind: numeric, problem: p, group: g}\n" * 2,
        f"- {{id: b, kind: numeric, problem: p, group: g}}\n{GROUPED}",
    ],
)
def test_what_is_no_fault(load: Callable[[str], Bank], cards: str) -> None:
    """A word that stands twice, braces of code and formulas, and two cards in a group are fine."""
    assert load(cards.replace("{id: b", "{id: a", 1)).problems == []


def test_reasons_are_demanded_of_complete_banks_only(
    load: Callable[[str], Bank], write: Callable[..., Path], tmp_path: Path
) -> None:
    """In a complete bank every wrong option says which mistake leads to it."""
    card = "- {id: b, kind: choice, prompt: p, options: [{text: a}, {text: c, right: true}]}"
    assert load(card).problems == []
    write("full/bank.yaml", "id: full\ntitle: Full\ncomplete: true\n")
    write("full/a.yaml", f"{BASE}cards:\n{card}\n")
    found = [(p.line, p.column, p.what) for p in load_bank(str(tmp_path / "full")).problems]
    assert (5, 46, "a wrong option without why") in found
    assert sum("why" in what for _, _, what in found) == 1


def test_the_marks_of_blanks_are_no_text() -> None:
    """No file can contain what stands for a blank while Markdown is parsed."""
    _, marked = cloze.read("{{c1::x}}")
    assert plain(parse_markdown(marked).blocks) == marked
    assert {ord(marked[0]), ord(marked[-1])} == {0xFFFE, 0xFFFF}
