"""Loads a bank: every question that can be used, and every problem of its files."""

import os
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from nnquiz.bank.build import Built, Header, build
from nnquiz.bank.cards import blanks
from nnquiz.bank.files import BANK_FILE, SOURCES_FILE, yaml_files
from nnquiz.bank.names import did_you_mean
from nnquiz.bank.problem import Problem
from nnquiz.bank.source import Path, Source, read
from nnquiz.bank.standards import Known, check_question, check_texts
from nnquiz.bank.texts import flaws_of_broken
from nnquiz.bank.validate import violations
from nnquiz.model import question as model
from nnquiz.model.listing import Topic


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that cannot be used, or with an empty id a whole file, and its first problem."""

    file: str
    id: str
    problem: Problem


@dataclass(slots=True)
class Bank:
    """A bank as it was loaded.

    Attributes:
        path: its folder or file.
        header: its id and what holds for all of its questions.
        built: the questions that can be used, in the bank's order.
        left_out: those that cannot.
        problems: everything that is wrong, in the order of files and lines.
    """

    path: str
    header: Header
    built: list[Built] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load_bank(path: str, *, overrides: str | None = None, known: Known | None = None) -> Bank:
    """Load the bank of a folder or a file; nothing is raised whatever is in it.

    Args:
        path: the folder or file.
        overrides: a folder of files whose questions replace those of the same id.
        known: the examples and problems there are, where their names are to be checked too.
    """
    return _Loader(path, known).load(overrides)


class _Loader:
    """Collects the questions and problems of one bank."""

    def __init__(self, path: str, known: Known | None) -> None:
        self._bank = Bank(path, Header(bank_id(path)))
        self._known = known
        self._ids: dict[str, Problem] = {}
        self._numbers: dict[int, Problem] = {}
        self._groups: dict[str, list[Problem]] = {}

    def load(self, overrides: str | None) -> Bank:
        """Load everything."""
        bank = self._bank
        files = self._files(bank.path)
        special = {os.path.join(bank.path, name): name for name in (BANK_FILE, SOURCES_FILE)}
        ours = [file for file in files if file not in special]
        if self._read_header(files):
            for file in ours:
                self._read_questions(file)
            if not ours and not bank.problems:
                hint = "a question file ends in .yaml"
                bank.problems.append(Problem(bank.path, 0, 0, "no questions here", hint))
            bank.problems += [cards[0] for cards in self._groups.values() if len(cards) == 1]
        else:
            bank.left_out += [LeftOut(file, "", bank.problems[0]) for file in ours]
        bank.built.sort(key=lambda built: built.question.number or 1 << 40)
        if overrides is not None and os.path.isdir(overrides):
            self._read_overrides(overrides)
        bank.problems.sort()
        return bank

    def _files(self, path: str) -> list[str]:
        try:
            return yaml_files(path)
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            self._bank.problems.append(Problem(path, 0, 0, what))
            return []

    def _read_header(self, files: list[str]) -> bool:
        """Read bank.yaml and sources.yaml; return whether the bank's id is known for certain."""
        bank, certain = self._bank, True
        raw: dict[str, Any] = {}
        file = os.path.join(bank.path, BANK_FILE)
        if file in files:
            source, wrong = self._read(file, "bank")
            raw = source.value if isinstance(source.value, dict) else {}
            certain = "id" in raw and ("id",) not in wrong
        topics = tuple(
            Topic(row["id"], row["title"])
            for row in _usable(raw.get("topics"))
            if isinstance(row.get("id"), str) and isinstance(row.get("title"), str)
        )
        bank.header = Header(
            id=raw["id"] if raw and certain else bank.header.id,
            complete=raw.get("complete") is True,
            topics=topics,
            sources=self._read_sources(os.path.join(bank.path, SOURCES_FILE), files),
            least=_counts(raw.get("least")),
        )
        return certain

    def _read_sources(self, file: str, files: list[str]) -> dict[str, model.Source] | None:
        if file not in files:
            return None
        source, wrong = self._read(file, "sources")
        if not isinstance(source.value, dict):
            return {}
        broken = {path[0] for path in wrong if path}
        return {
            key: model.Source(
                key=key,
                authors=tuple(row["authors"]),
                year=row.get("year"),
                title=row["title"],
                venue=row.get("venue", ""),
                doi=row.get("doi", ""),
                arxiv=row.get("arxiv", ""),
            )
            for key, row in source.value.items()
            if key not in broken and isinstance(row, dict)
        }

    def _read(self, file: str, kind: str) -> tuple[Source, set[Path]]:
        """Read and validate a file; return it and the paths that offend."""
        source = read(file)
        self._bank.problems += source.problems
        found = violations(source, kind) if source.readable else []
        self._bank.problems += [problem for _, problem in found]
        return source, {path for path, _ in found}

    def _read_questions(self, file: str) -> None:
        """Read a question or a deck; what is broken is left out, the rest is used."""
        source = read(file)
        self._bank.problems += source.problems
        if not source.readable:
            self._bank.left_out.append(LeftOut(file, "", source.problems[0]))
            return
        deck = isinstance(source.value, dict) and "questions" in source.value
        kind = "deck" if deck else "question"
        found = violations(source, kind)
        strict = violations(source, f"complete_{kind}") if self._bank.header.complete else found
        self._bank.problems += dict.fromkeys(problem for _, problem in found + strict)
        rows = source.value["questions"] if deck else [source.value]
        if not isinstance(rows, list) or not rows:
            self._bank.left_out.append(LeftOut(file, "", found[0][1]))
            return
        for i, raw in enumerate(rows):
            at: Path = ("questions", i) if deck else ()
            fatal = [problem for path, problem in found if path[: len(at)] == at]
            if fatal:
                self._leave_out(source, raw, min(fatal))
                self._check_broken(source, at, raw)
            else:
                self._use(source, at, raw)

    def _leave_out(self, source: Source, raw: Any, problem: Problem) -> None:
        name = raw.get("id") if isinstance(raw, dict) else None
        known = name if isinstance(name, str) else ""
        self._bank.left_out.append(LeftOut(source.file, known, problem))

    def _check_broken(self, source: Source, at: Path, raw: Any) -> None:
        """Report what else is wrong with a question that is left out: texts, and a taken id."""
        flaws = flaws_of_broken(raw, at)
        self._bank.problems += check_texts(source, flaws, self._bank.header)
        name = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(name, str):
            self._claim(source, at, name)

    def _claim(self, source: Source, at: Path, name: str) -> Problem | None:
        """Take an id for the question at a path; report and return it where it is taken."""
        here = source.problem((*at, "id"), f'the id "{name}" is taken')
        first = self._ids.setdefault(name, here)
        if first is here:
            return None
        problem = replace(here, hint=_where(first))
        self._bank.problems.append(problem)
        return problem

    def _use(self, source: Source, at: Path, raw: dict[str, Any]) -> None:
        """Build the question at a path and keep it, unless its id is taken."""
        header = self._bank.header
        built = build(raw, at, header, source.file, source.line(at))
        self._bank.problems += check_question(source, at, built, header, self._known)
        question = built.question
        taken = self._claim(source, at, question.id)
        if taken is not None:
            self._leave_out(source, None, taken)
            return
        self._note_groups(source, at, raw)
        if question.number is not None:
            built.question = self._numbered(source, at, question, question.number)
        self._bank.built.append(built)

    def _note_groups(self, source: Source, at: Path, raw: dict[str, Any]) -> None:
        """Note the cards of each group; a follow-up is one, and so is every blank of a cloze."""
        hint = "variants of one fact name the same group"
        for part in ("follow_ups", "cards"):
            for i, row in enumerate(raw.get(part, ())):
                if "group" in row:
                    what = f'no other card is in the group "{row["group"]}"'
                    problem = source.problem((*at, part, i, "group"), what, hint)
                    count = len(blanks(row.get("text", ""))) or 1
                    self._groups.setdefault(row["group"], []).extend([problem] * count)

    def _numbered(
        self, source: Source, at: Path, question: model.Question, number: int
    ) -> model.Question:
        """Return the question, without its number where another has it."""
        here = source.problem((*at, "number"), f"the number {number} is taken")
        first = self._numbers.setdefault(number, here)
        if first is here:
            return question
        hint = _where(first)
        self._bank.problems.append(replace(here, hint=hint))
        return question._replace(number=None)

    def _read_overrides(self, folder: str) -> None:
        """Put edited copies in the places of the questions that they were made from."""
        edited = _Loader(folder, self._known)
        edited._bank.header = self._bank.header
        for file in edited._files(folder):
            edited._read_questions(file)
        places = {built.question.id: i for i, built in enumerate(self._bank.built)}
        for copy in edited._bank.built:
            question = copy.question
            place = places.get(question.id)
            if place is None:
                what = f'the bank {question.bank} has no question "{question.id}" to replace'
                hint = did_you_mean(question.id, places)
                edited._bank.problems.append(Problem(question.file, question.line, 1, what, hint))
                continue
            number = self._bank.built[place].question.number
            copy.question = question._replace(number=number)
            self._bank.built[place] = copy
        self._bank.problems += edited._bank.problems
        self._bank.left_out += edited._bank.left_out


def bank_id(path: str) -> str:
    """Return the id of a bank without bank.yaml: the name of its file or folder as a name.

    >>> bank_id("/home/ann/Räumliche Statistik.yaml")
    'raumliche-statistik'
    """
    stem = os.path.basename(os.path.normpath(path))
    stem = re.sub(r"\.ya?ml$", "", stem)
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", letters).strip("-")
    return slug if re.search("[a-z]", slug) else f"bank-{slug}".rstrip("-")


def _where(first: Problem) -> str:
    return f"{os.path.basename(first.file)}:{first.line}:{first.column} has it"


def _counts(raw: Any) -> dict[str, int]:
    """Return the counts of a mapping that may not be one."""
    rows = raw.items() if isinstance(raw, dict) else ()
    return {name: count for name, count in rows if isinstance(count, int)}


def _usable(rows: Any) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
