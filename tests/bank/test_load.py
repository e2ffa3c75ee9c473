"""A bank is loaded as far as it can be used, and all of its problems are told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.bank.load import Bank, bank_id, load_bank
from nnquiz.bank.standards import Known
from nnquiz.examples.reference import number

BASE = "id: a\nquestion: q\nanswer: x\n"
KNOWN = Known({"neuron", "attention"}, {"conv_params"}, number)


def told(bank: Bank) -> list[tuple[str, int, int, str]]:
    """Return the name of the file, line, column and words of each problem."""
    return [(Path(p.file).name, p.line, p.column, p.what) for p in bank.problems]


@pytest.fixture
def load(write: Callable[..., Path]) -> Callable[[str], Bank]:
    """Return a function that loads a bank of one file."""
    return lambda text: load_bank(str(write("deck.yaml", text)), known=KNOWN)


def test_a_deck_of_ones_own_stays_short(load: Callable[[str], Bank]) -> None:
    """Id, question and one answer are enough, and many fit into one file."""
    bank = load(
        "questions:\n- {id: a, question: q, answer: x}\n- {id: b, question: r, answer: y}\n"
    )
    assert bank.problems == []
    assert bank.header.id == "deck"
    assert [built.question.id for built in bank.built] == ["a", "b"]
    question = bank.built[1].question
    assert (question.short.source, question.full.blocks, question.line) == ("y", [], 3)


def test_what_is_broken_is_left_out_and_the_rest_stays(load: Callable[[str], Bank]) -> None:
    """One broken question of a deck does not take the others with it."""
    bank = load("questions:\n- {id: a, question: q}\n- {id: b, question: r, answer: y}\n- 7\n")
    assert [built.question.id for built in bank.built] == ["b"]
    assert [left.id for left in bank.left_out] == ["a", ""]
    assert told(bank) == [
        ("deck.yaml", 2, 3, "missing key: answer"),
        ("deck.yaml", 4, 3, 'questions: "7" is a number; a mapping of keys is wanted'),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("answer: so $x + \\simga$ is\n", (3, 17, "unknown command '\\simga'")),
        ("answer: |\n  so\n\n    $\\foo$\n", (6, 6, "unknown command '\\foo'")),
        ("answer: |\n  $\\foo$ and\n  $\\foo$\n", (4, 4, "unknown command '\\foo'")),
        ("answer: |\n  $$\n  x + \\foo\n  $$\n", (5, 7, "unknown command '\\foo'")),
        ("answer: >\n  so it\n  is $\\foo$\n", (5, 7, "unknown command '\\foo'")),
        ("answer: '$\\foo$'\n", (3, 11, "unknown command '\\foo'")),
        ('answer: "$\\\\foo$"\n', (3, 12, "unknown command '\\foo'")),
    ],
)
def test_a_formula_that_does_not_parse_has_its_own_place(
    load: Callable[[str], Bank], text: str, expected: tuple[int, int, str]
) -> None:
    """The place is that of the trouble inside the formula, in every style of YAML."""
    bank = load(f"id: a\nquestion: q\n{text}")
    problem = bank.problems[0]
    assert (problem.line, problem.column) == expected[:2]
    assert expected[2] in problem.what
    assert len(bank.built) == 1, "a formula that cannot be read is no reason to lose the question"


def test_a_broken_question_is_read_to_its_end(load: Callable[[str], Bank]) -> None:
    """A key that is wrong hides neither a formula nor an id that are wrong as well."""
    text = (
        "questions:\n"
        "  - id: a\n"
        "    question: q\n"
        "    answer: $x^^2$ here\n"
        "    topc: t\n"
        "  - {id: a, question: q, answer: b}\n"
    )
    places = [(line, column) for _, line, column, _ in told(load(text))]
    assert places == [(4, 16), (5, 5), (6, 10)]


def test_equal_flaws_have_places_of_their_own(load: Callable[[str], Bank]) -> None:
    """The second of two equal broken formulas is told where it stands."""
    bank = load("id: a\nquestion: q\nanswer: |\n  $\\foo$ and\n  $\\foo$\n")
    assert [(problem.line, problem.column) for problem in bank.problems] == [(4, 4), (5, 4)]


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("examples: [neuron, nuron]\n", 4, 20, 'unknown example "nuron"'),
        (
            "cards: [{id: b, kind: numeric, problem: conv_parms}]\n",
            4,
            41,
            'unknown problem "conv_parms"',
        ),
        ("cards: [{id: b, kind: cloze, text: none}]\n", 4, 36, "no blank in the text"),
        (
            "cards: [{id: b, kind: cloze, text: '$x^{{c1::2}}$'}]\n",
            4,
            36,
            "a blank stands inside a formula",
        ),
        (
            "cards: [{id: b, kind: cloze, text: '{{c1::x}}', accept: {c2: [y]}}]\n",
            4,
            58,
            "the text has no blank c2",
        ),
        (
            "cards: [{id: b, kind: cloze, text: '{{c1::x}}', maths: [c1, c2]}]\n",
            4,
            61,
            "the text has no blank c2",
        ),
        (
            "follow_ups: [{id: b, question: q, answer: a}, {id: b, question: r, answer: s}]\n",
            4,
            52,
            'the id "b" stands twice in follow_ups; first in line 4',
        ),
        (
            "pitfalls: [{claim: c, kind: wrong, holds: 'see [0.3](example:nueron#a)'}]\n",
            4,
            54,
            "example:nueron#a: no worked example 'nueron'",
        ),
    ],
)
def test_names_that_do_not_exist(
    load: Callable[[str], Bank], text: str, line: int, column: int, what: str
) -> None:
    """Examples, problems and blanks that are named must exist; ids name one thing."""
    bank = load(BASE + text)
    assert told(bank) == [("deck.yaml", line, column, what)]
    assert len(bank.built) == 1


def test_a_bank_of_several_files(write: Callable[..., Path], tmp_path: Path) -> None:
    """Duplicates across files, unknown topics and sources are told with where the other is."""
    write("bank/bank.yaml", "id: mine\ntitle: Mine\ntopics: [{id: vision, title: Vision}]\n")
    write("bank/sources.yaml", "lecun1998: {authors: [Y. LeCun], year: 1998, title: T}\n")
    write("bank/1.yaml", f"number: 1\n{BASE}topic: visoin\nsources: [lecun1998, lecun1989]\n")
    write("bank/2.yaml", f"number: 1\n{BASE.replace('id: a', 'id: b')}")
    write("bank/3.yaml", BASE)
    bank = load_bank(str(tmp_path / "bank"), known=KNOWN)
    assert told(bank) == [
        ("1.yaml", 5, 8, 'unknown topic "visoin"'),
        ("1.yaml", 6, 22, 'unknown source "lecun1989"'),
        ("2.yaml", 1, 9, "the number 1 is taken"),
        ("3.yaml", 1, 5, 'the id "a" is taken'),
    ]
    assert [problem.hint for problem in bank.problems] == [
        "did you mean vision?",
        "did you mean lecun1998?",
        "1.yaml:1:9 has it",
        "1.yaml:2:5 has it",
    ]
    assert [(b.question.id, b.question.number) for b in bank.built] == [("a", 1), ("b", None)]
    assert bank.built[0].question.sources[0].authors == ("Y. LeCun",)


def test_without_bank_yaml_anything_goes(load: Callable[[str], Bank]) -> None:
    """A bank without topics and sources.yaml takes any topic, and references in plain words."""
    bank = load(BASE + "topic: anything\nsources: ['Deep Learning, chapter 6']\n")
    assert bank.problems == []
    assert bank.built[0].question.sources[0].title == "Deep Learning, chapter 6"


def test_the_standard_of_a_complete_bank(write: Callable[..., Path], tmp_path: Path) -> None:
    """Answers that are too long and diagrams that are too wide are told, and still used."""
    write("bank/bank.yaml", "id: mine\ntitle: Mine\ncomplete: true\n")
    short, full = " ".join(["word"] * 81), " ".join(["word"] * 321)
    points = "".join(f"- {{id: p{i}, point: p, weight: 3}}\n" for i in range(4))
    wide = "─" * 77
    write(
        "bank/1.yaml",
        "number: 1\nid: a\nquestion: q\ntopic: t\nlevel: core\ntags: [b]\nsources: [s]\n"
        f"answer:\n  short: {short}\n  full: |\n    {full}\n\n    ```text\n    {wide}\n    ```\n"
        f"key_points:\n{points}",
    )
    bank = load_bank(str(tmp_path / "bank"), known=KNOWN)
    assert told(bank) == [
        ("1.yaml", 9, 10, "short: 81 words; at most 80 fit"),
        ("1.yaml", 10, 9, "full: 321 words; at most 320 fit"),
        ("1.yaml", 14, 81, "a line of 77 columns; at most 76 fit"),
    ]
    assert len(bank.built) == 1


def test_a_follow_up_is_short_in_a_complete_bank(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """More than sixty words are told at the answer."""
    write("bank/bank.yaml", "id: mine\ntitle: Mine\ncomplete: true\n")
    long = " ".join(["word"] * 61)
    write("bank/1.yaml", f"{BASE}follow_ups:\n- {{id: f, question: q, answer: {long}}}\n")
    told_of = told(load_bank(str(tmp_path / "bank"), known=KNOWN))
    assert ("1.yaml", 5, 32, "answer: 61 words; at most 60 fit") in told_of


def test_a_bank_says_how_many_cards_it_wants(write: Callable[..., Path], tmp_path: Path) -> None:
    """What a question has too few of is told, complete bank or not; blanks count one by one."""
    least = "{cards: 4, kinds: 2, numeric: 1, follow_ups: 1, pitfalls: 1}"
    write("bank/bank.yaml", f"id: mine\ntitle: Mine\nleast: {least}\n")
    cards = "cards:\n- {id: w, kind: cloze, text: '{{c1::a}} {{c2::b}} {{c3::c}}'}\n"
    write("bank/1.yaml", BASE + cards)
    asks = "that bank.yaml asks for"
    assert sorted(what for *_, what in told(load_bank(str(tmp_path / "bank")))) == [
        f"cards: 3 of the 4 {asks}",
        f"follow_ups: 0 of the 1 {asks}",
        f"kinds: 1 of the 2 {asks}",
        f"numeric: 0 of the 1 {asks}",
        f"pitfalls: 0 of the 1 {asks}",
    ]
    more = "- {id: n, kind: numeric, problem: p}\n"
    rest = "follow_ups: [{id: f, question: q, answer: a}]\n"
    rest += "pitfalls: [{claim: c, kind: wrong, holds: h, sources: [s]}]\n"
    write("bank/1.yaml", BASE + cards + more + rest)
    assert load_bank(str(tmp_path / "bank")).problems == []
    write("bank/bank.yaml", "id: mine\ntitle: Mine\nleast: {card: 4, kinds: 0}\n")
    assert [(line, column) for _, line, column, _ in told(load_bank(str(tmp_path / "bank")))] == [
        (3, 9),
        (3, 25),
    ]


def test_an_id_that_cannot_be_known_leaves_the_bank_out(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """With a broken bank.yaml no card is given an id that progress would not hang on."""
    write("bank/bank.yaml", "id: 7\ntitle: Mine\n")
    write("bank/1.yaml", BASE)
    bank = load_bank(str(tmp_path / "bank"))
    assert bank.built == []
    assert [Path(left.file).name for left in bank.left_out] == ["1.yaml"]


def test_a_bank_whose_title_is_missing_keeps_its_id(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """Only an unknown id is a reason to leave a bank out."""
    write("bank/bank.yaml", "id: mine\n")
    write("bank/1.yaml", BASE)
    bank = load_bank(str(tmp_path / "bank"))
    assert told(bank) == [("bank.yaml", 1, 1, "missing key: title")]
    assert [built.question.bank for built in bank.built] == ["mine"]


@pytest.mark.parametrize("text", ["questions: []\n", "questions: 7\n", "questions:\n"])
def test_a_deck_without_questions_is_left_out(load: Callable[[str], Bank], text: str) -> None:
    """What is no list of questions is told like any file that cannot be used."""
    bank = load(text)
    assert [left.id for left in bank.left_out] == [""]
    assert len(bank.problems) == 1


def test_an_override_replaces_its_question(write: Callable[..., Path], tmp_path: Path) -> None:
    """An edited copy keeps place and number; one that replaces nothing is told."""
    write("bank/1.yaml", f"number: 7\n{BASE}")
    write("bank/2.yaml", BASE.replace("id: a", "id: b"))
    write("edited/a.yaml", BASE.replace("answer: x", "answer: mine"))
    write("edited/c.yaml", BASE.replace("id: a", "id: attn"))
    bank = load_bank(str(tmp_path / "bank"), overrides=str(tmp_path / "edited"))
    questions = [built.question for built in bank.built]
    assert [(q.id, q.number, q.short.source) for q in questions] == [
        ("a", 7, "mine"),
        ("b", None, "x"),
    ]
    assert questions[0].file == str(tmp_path / "edited" / "a.yaml")
    assert told(bank) == [("c.yaml", 1, 1, 'the bank bank has no question "attn" to replace')]


def test_nothing_there(tmp_path: Path) -> None:
    """A path that is missing and a folder without questions are problems, not crashes."""
    (tmp_path / "empty").mkdir()
    assert told(load_bank(str(tmp_path / "empty"))) == [("empty", 0, 0, "no questions here")]
    assert "cannot be read" in told(load_bank(str(tmp_path / "gone.yaml")))[0][3]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/a/My Deck.yaml", "my-deck"), ("/a/b.yml", "b"), ("/a/2026/", "bank-2026"), ("/а", "bank")],
)
def test_a_bank_without_a_name_is_called_like_its_file(path: str, expected: str) -> None:
    """The id comes from the file's or folder's name and is always a name."""
    assert bank_id(path) == expected


def test_the_shipped_bank_checks() -> None:
    """The 22 questions are all there and hold to the full standard."""
    from nnquiz.examples.catalogue import ENTRIES
    from nnquiz.problems.catalogue import PROBLEMS

    known = Known({entry.name for entry in ENTRIES}, {row.name for row in PROBLEMS}, number)
    bank = load_bank(str(Path(__file__).parents[2] / "questions"), known=known)
    assert [str(problem) for problem in bank.problems] == []
    assert [built.question.number for built in bank.built] == list(range(1, 23))
    assert bank.header.complete
