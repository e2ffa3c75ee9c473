"""The schema's findings are said in our words, at their line and column."""

import json

import pytest
from jsonschema import Draft202012Validator

from nnquiz.bank.schema import schema_text
from nnquiz.bank.source import parse
from nnquiz.bank.validate import violations

BASE = "id: a\nquestion: q\nanswer: x\n"


def found(text: str, kind: str = "question") -> list[tuple[int, int, str]]:
    """Return line, column and words of what offends against the schema."""
    source = parse("f.yaml", text.encode())
    assert source.problems == []
    problems = sorted(problem for _, problem in violations(source, kind))
    return [(problem.line, problem.column, problem.what) for problem in problems]


def hints(text: str, kind: str = "question") -> list[str]:
    """Return the hints of what offends against the schema."""
    source = parse("f.yaml", text.encode())
    return [problem.hint for _, problem in violations(source, kind)]


def test_the_schema_is_a_schema() -> None:
    """schema.json is valid Draft 2020-12, and the root takes each kind of file."""
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    question = {"id": "a", "question": "q", "answer": "x"}
    for value in (
        question,
        {"questions": [question]},
        {"id": "a", "title": "b"},
        {"key1": {"authors": ["A"], "title": "T"}},
    ):
        assert validator.is_valid(value)
    assert not validator.is_valid({"id": "a", "question": "q"})


def test_every_property_is_described_for_editors() -> None:
    """An editor has a word to say about every key of a question."""
    definitions = json.loads(schema_text())["$defs"]
    for name in ("question", "bank", "source", "key_point", "follow_up", "pitfall", "deck"):
        for key, value in definitions[name]["properties"].items():
            assert value.get("description"), f"{name}.{key}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BASE, []),
        ("[]", [(1, 1, "is a list; a mapping of keys is wanted")]),
        ("just words", [(1, 1, '"just words" is a text; a mapping of keys is wanted')]),
        ("id: a\nqestion: q\nanswer: x\n", [(2, 1, 'unknown key "qestion"')]),
        ("id: a\n", [(1, 1, "missing keys: question, answer")]),
        (BASE + "number: 012\n", [(4, 9, "number: 012 is read by YAML as the octal number 10")]),
        (BASE + "number: 1e-3\n", [(4, 9, "number: 1e-3 is read by YAML as a text")]),
        (BASE + "number: 0\n", [(4, 9, "number: 0 is out of range: at least 1")]),
        (BASE + "level: cor\n", [(4, 8, 'level: "cor" is not one of core, advanced')]),
        (BASE + "tags: [yes]\n", [(4, 8, "tags: yes is read by YAML as true or false")]),
        (BASE + "tags: [2024-01-01]\n", [(4, 8, "tags: 2024-01-01 is read by YAML as a date")]),
        (BASE + "tags: [A b]\n", [(4, 8, 'tags: "A b" cannot be a name')]),
        (BASE + "tags: [a, b, a]\n", [(4, 7, 'tags: "a" stands twice')]),
        (BASE + "tags: a\n", [(4, 7, 'tags: "a" is a text; a list is wanted')]),
        (
            "id: 12\nquestion: no\nanswer: 12:30:00\n",
            [
                (1, 5, "id: 12 is read by YAML as a number"),
                (2, 11, "question: no is read by YAML as true or false"),
                (3, 9, "answer: 12:30:00 is read by YAML as a number to the base 60"),
            ],
        ),
        (
            "id: a\nquestion:\nanswer: ''\n",
            [
                (2, 10, "question: nothing stands here; a text is wanted"),
                (3, 9, "answer: the text is empty"),
            ],
        ),
        ("id: a\nquestion: q\nanswer: {short: x}\n", [(3, 9, "missing key: full")]),
        (
            BASE + "key_points: [{id: a, point: b, weight: 4}, {id: b, point: c, weight: '3'}]\n",
            [
                (4, 40, 'weight: "4" is not one of 1, 2, 3'),
                (4, 70, 'weight: "3" in quotes is a text; a number is wanted'),
            ],
        ),
        (
            BASE + "pitfalls: [{claim: c, kind: false, holds: h}]\n",
            [(4, 29, 'kind: "False" is not one of wrong, disputed, dated, missing')],
        ),
        (
            BASE + "cards:\n- {id: explain, kind: cloze, text: '{{c1::x}}'}\n",
            [(5, 8, 'id: "explain" is the name of a card that exists by itself')],
        ),
        (
            BASE + "cards:\n- {id: b, kind: clze}\n",
            [(5, 17, 'kind: "clze" is not one of cloze, choice, order, match, numeric')],
        ),
        (
            BASE + "cards:\n- {id: b, kind: cloze, text: x, accept: {b1: [x]}}\n",
            [(5, 42, '"b1" cannot be a key here')],
        ),
        (
            BASE + "cards:\n- {id: b, kind: choice, prompt: p, options: [{text: a}, {text: b}]}\n",
            [(5, 45, "options: exactly one option is right")],
        ),
        (
            BASE + "cards:\n- {id: b, kind: match, prompt: p, pairs: {a: b}}\n",
            [(5, 42, "pairs: 1 entry; at least 2 wanted")],
        ),
        (BASE + "cards:\n- {kind: numeric}\n", [(5, 3, "missing keys: id, problem")]),
    ],
)
def test_question_files(text: str, expected: list[tuple[int, int, str]]) -> None:
    """Whatever a question's form can have wrong is found at its place."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("id: a\nqestion: q\nanswer: x\n", "did you mean question?"),
        (BASE + "number: 012\n", "write 12"),
        (BASE + "tags: [no]\n", 'put it in quotes: "no"'),
        (BASE + "level: cor\n", "did you mean core?"),
    ],
)
def test_hints_show_the_way_out(text: str, hint: str) -> None:
    """A misspelt key and a misread value come with what to write instead."""
    assert hints(text) == [hint]


def test_the_standard_of_a_complete_bank() -> None:
    """`complete: true` asks for every key, a full answer and four to eight key points."""
    text = BASE + "key_points: [{id: a, point: b, weight: 3}]\n"
    assert found(text, "complete_question") == [
        (1, 1, "missing keys: number, topic, level, tags, sources"),
        (3, 9, 'answer: "x" is a text; a mapping of keys is wanted'),
        (4, 13, "key_points: 1 entry; at least 4 wanted"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("deck", "questions: []\n", [(1, 12, "questions: 0 entries; at least 1 wanted")]),
        ("deck", "questions:\n- {id: b}\n", [(2, 3, "missing keys: question, answer")]),
        ("bank", "title: x\n", [(1, 1, "missing key: id")]),
        ("bank", "id: a\ntitle: x\ntopics: [{id: b}]\n", [(3, 10, "missing key: title")]),
        (
            "bank",
            "id: a\ntitle: x\ncomplete: 1\n",
            [(3, 11, 'complete: "1" is a number; true or false is wanted')],
        ),
        ("sources", "A b: {authors: [x], title: y}\n", [(1, 1, '"A b" cannot be a key here')]),
        (
            "sources",
            "a: {authors: [x], title: y, doi: z}\n",
            [(1, 34, 'doi: "z" does not have the right form')],
        ),
    ],
)
def test_other_files(kind: str, text: str, expected: list[tuple[int, int, str]]) -> None:
    """Decks, bank.yaml and sources.yaml are held to the same schema."""
    assert found(text, kind) == expected
