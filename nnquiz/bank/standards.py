"""What a validated question must hold to besides its form: names that exist, lengths that fit."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nnquiz.bank.build import Built, Header
from nnquiz.bank.cards import BLANK, blanks
from nnquiz.bank.links import SCHEME, check_links
from nnquiz.bank.markdown import Flaw, count_words, parse_markdown
from nnquiz.bank.names import did_you_mean
from nnquiz.bank.problem import Problem
from nnquiz.bank.source import Path, Source
from nnquiz.model.document import Document
from nnquiz.model.question import Passage, Question

MAX_SHORT_WORDS = 80
MAX_FULL_WORDS = 320
MAX_FOLLOW_UP_WORDS = 60
_MATHS = re.compile(r"(?<!\\)\$.+?(?<!\\)\$")
_SHOWN_TOPICS = 12


@dataclass(frozen=True, slots=True)
class Known:
    """What a bank may refer to.

    Attributes:
        examples: the names of the worked examples.
        problems: the names of the numeric problems.
        number: returns the number of a worked example for what stands behind `example:` in a
            link; raises `NnquizError` where there is none.
    """

    examples: Collection[str]
    problems: Collection[str]
    number: Callable[[str], float]


def check_question(
    source: Source, at: Path, built: Built, header: Header, known: Known | None
) -> Iterator[Problem]:
    """Yield the problems of the question whose plain value stands at the path `at`.

    `known` are the examples and problems there are; None where that is not looked at.
    """
    raw: Any = source.value
    for part in at:
        raw = raw[part]
    yield from check_texts(source, built.flaws, header)
    yield from _topic(source, at, raw, header)
    yield from _sources(source, at, raw, header)
    yield from _names_within(source, at, raw)
    yield from _clozes(source, at, raw)
    yield from _doubles(source, at, raw)
    if known is not None:
        yield from _examples(source, at, built.question, known.examples)
        yield from _problems(source, at, raw, known.problems)
        yield from check_links(source, _quoting(at, raw, built), known.number)
    if header.complete:
        yield from _lengths(source, at, built.question)
        yield from _reasons(source, at, raw)
    yield from _too_few(source, at, built, header.least)


def check_texts(
    source: Source, flaws: Iterable[tuple[Path, Flaw]], header: Header
) -> Iterator[Problem]:
    """Find each flaw of a text at its own place; equal ones stand one behind the other."""
    seen: dict[tuple[Path, str], int] = {}
    for path, flaw in flaws:
        index = source.find(path, flaw.words, seen.get((path, flaw.words), 0))
        seen[path, flaw.words] = index + 1
        if header.complete or not flaw.standard:
            yield source.problem_within(path, (index, flaw.shift), flaw.what)


def _topic(source: Source, at: Path, raw: dict[str, Any], header: Header) -> Iterator[Problem]:
    topics = [topic.id for topic in header.topics]
    topic = raw.get("topic")
    if topics and topic is not None and topic not in topics:
        listed = ", ".join(topics[:_SHOWN_TOPICS])
        hint = did_you_mean(topic, topics) or f"bank.yaml has {listed}"
        yield source.problem((*at, "topic"), f'unknown topic "{topic}"', hint)


def _sources(source: Source, at: Path, raw: dict[str, Any], header: Header) -> Iterator[Problem]:
    if header.sources is None:
        return
    cited: list[tuple[Path, list[str]]] = [(("sources",), raw.get("sources", []))]
    for i, row in enumerate(raw.get("pitfalls", ())):
        cited.append((("pitfalls", i, "sources"), row.get("sources", [])))
    for path, keys in cited:
        for i, key in enumerate(keys):
            if key not in header.sources:
                hint = did_you_mean(key, header.sources) or "sources.yaml has no such key"
                yield source.problem((*at, *path, i), f'unknown source "{key}"', hint)


def _names_within(source: Source, at: Path, raw: dict[str, Any]) -> Iterator[Problem]:
    """Yield the ids that stand twice within one list of a question."""
    for part in ("key_points", "follow_ups", "cards"):
        first: dict[str, Path] = {}
        for i, row in enumerate(raw.get(part, ())):
            path = (*at, part, i, "id")
            if row["id"] in first:
                line = source.line(first[row["id"]])
                what = f'the id "{row["id"]}" stands twice in {part}; first in line {line}'
                yield source.problem(path, what, "an id names one thing for ever")
            first.setdefault(row["id"], path)


def _clozes(source: Source, at: Path, raw: dict[str, Any]) -> Iterator[Problem]:
    for i, row in enumerate(raw.get("cards", ())):
        if row["kind"] != "cloze":
            continue
        path = (*at, "cards", i)
        names = blanks(row["text"])
        if not names:
            yield source.problem((*path, "text"), "no blank in the text", "write {{c1::answer}}")
        if any("{{" in formula for formula in _MATHS.findall(row["text"])):
            what = "a blank stands inside a formula"
            yield source.problem((*path, "text"), what, "blanks stand outside $...$")
        for name in row.get("accept", {}):
            if name not in names:
                what = f"the text has no blank {name}"
                yield source.problem_at_key((*path, "accept", name), what)
        for j, name in enumerate(row.get("maths", ())):
            if name not in names:
                yield source.problem((*path, "maths", j), f"the text has no blank {name}")


def _doubles(source: Source, at: Path, raw: dict[str, Any]) -> Iterator[Problem]:
    """Find options, items and right sides that stand twice on a card: which one is meant?"""
    for i, row in enumerate(raw.get("cards", ())):
        texts: list[tuple[Path, str]] = []
        for j, option in enumerate(row.get("options", ())):
            texts.append((("options", j, "text"), option["text"]))
        texts += [(("items", j), item) for j, item in enumerate(row.get("items", ()))]
        texts += [(("pairs", left), right) for left, right in row.get("pairs", {}).items()]
        first: dict[str, Path] = {}
        for path, text in texts:
            words = " ".join(text.split())
            if words in first:
                line = source.line((*at, "cards", i, *first[words]))
                what = f"stands twice on the card; first in line {line}"
                yield source.problem((*at, "cards", i, *path), what)
            first.setdefault(words, path)


def _reasons(source: Source, at: Path, raw: dict[str, Any]) -> Iterator[Problem]:
    """Find wrong options that do not say which mistake leads to them."""
    for i, row in enumerate(raw.get("cards", ())):
        for j, option in enumerate(row.get("options", ())):
            if not option.get("right") and "why" not in option:
                path = (*at, "cards", i, "options", j)
                hint = "why: the mistake behind this option"
                yield source.problem(path, "a wrong option without why", hint)


def _examples(
    source: Source, at: Path, question: Question, examples: Collection[str]
) -> Iterator[Problem]:
    """Yield the worked examples that are named and do not exist."""
    for i, name in enumerate(question.examples):
        if name not in examples:
            path = (*at, "examples", i)
            hint = did_you_mean(name, examples) or "`nnquiz examples` lists them"
            yield source.problem(path, f'unknown example "{name}"', hint)


def _quoting(at: Path, raw: dict[str, Any], built: Built) -> Iterator[tuple[Path, Document]]:
    """Yield the texts that may quote a number of an example, a cloze with its blanks filled in."""
    yield from built.documents
    for i, row in enumerate(raw.get("cards", ())):
        if row["kind"] == "cloze" and SCHEME in row["text"]:
            text = BLANK.sub(lambda found: found[2], row["text"])
            yield (*at, "cards", i, "text"), parse_markdown(text).blocks


def _problems(
    source: Source, at: Path, raw: dict[str, Any], problems: Collection[str]
) -> Iterator[Problem]:
    for i, row in enumerate(raw.get("cards", ())):
        name = row.get("problem")
        if name is not None and name not in problems:
            hint = did_you_mean(name, problems) or "`nnquiz problems` lists them"
            path = (*at, "cards", i, "problem")
            yield source.problem(path, f'unknown problem "{name}"', hint)


def _lengths(source: Source, at: Path, question: Question) -> Iterator[Problem]:
    parts: list[tuple[Path, Passage, int]] = [
        (("answer", "short"), question.short, MAX_SHORT_WORDS),
        (("answer", "full"), question.full, MAX_FULL_WORDS),
    ]
    parts += [
        (("follow_ups", i, "answer"), follow_up.answer, MAX_FOLLOW_UP_WORDS)
        for i, follow_up in enumerate(question.follow_ups)
    ]
    for path, passage, limit in parts:
        words = count_words(passage.blocks)
        if words > limit:
            what = f"{path[-1]}: {words} words; at most {limit} fit"
            yield source.problem((*at, *path), what)


def _too_few(source: Source, at: Path, built: Built, least: dict[str, int]) -> Iterator[Problem]:
    """Find what a question has less of than its bank asks for; blanks count one by one."""
    question = built.question
    written = [card.kind for card in built.cards if card.kind not in {"explain", "follow-up"}]
    counts = {
        "cards": len(written),
        "kinds": len(set(written)),
        "numeric": written.count("numeric"),
        "follow_ups": len(question.follow_ups),
        "pitfalls": len(question.pitfalls),
    }
    places: dict[str, Path] = {"follow_ups": ("follow_ups",), "pitfalls": ("pitfalls",)}
    for name, count in counts.items():
        if count < least.get(name, 0):
            what = f"{name}: {count} of the {least[name]} that bank.yaml asks for"
            yield source.problem((*at, *places.get(name, ("cards",))), what)
