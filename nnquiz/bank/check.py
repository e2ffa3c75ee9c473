"""Checks banks: all of their problems at once."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nnquiz.bank.drafts import has_changed_since
from nnquiz.bank.files import BANK_FILE, Places, yaml_files
from nnquiz.bank.load import load_bank
from nnquiz.bank.problem import Problem
from nnquiz.bank.standards import Known


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        questions: how many can be used.
        problems: every problem, in the order of files and lines.
        behind: edited copies of shipped questions that have changed since, each with those.
    """

    questions: int
    problems: tuple[Problem, ...]
    behind: tuple[tuple[str, str], ...] = ()


def check_paths(paths: Iterable[str], known: Known) -> Findings:
    """Check banks, each a folder or a file.

    A file that lies in a bank's folder is checked as a part of that bank, but only its own
    problems are told.
    """
    questions, problems = 0, set[Problem]()
    for path in map(os.path.abspath, paths):
        folder = os.path.dirname(path)
        part = os.path.isfile(path) and os.path.isfile(os.path.join(folder, BANK_FILE))
        bank = load_bank(folder if part else path, known=known)
        questions += sum(not part or built.question.file == path for built in bank.built)
        problems.update(found for found in bank.problems if not part or found.file == path)
    return Findings(questions, tuple(sorted(problems)))


def check_all(places: Places, known: Known) -> Findings:
    """Check the shipped bank with its overrides and one's own banks, also against each other."""
    questions, problems = 0, set[Problem]()
    taken: dict[str, str] = {}
    for path in (places.shipped, *places.banks):
        overrides = places.overrides if path == places.shipped else None
        bank = load_bank(path, overrides=overrides, known=known)
        first = taken.setdefault(bank.header.id, path)
        if first != path:
            what = f"the bank id {bank.header.id} belongs to {first}"
            problems.add(Problem(path, 0, 0, what, "give this bank an id of its own in bank.yaml"))
        questions += len(bank.built)
        problems.update(bank.problems)
    return Findings(questions, tuple(sorted(problems)), tuple(_behind(places)))


def _behind(places: Places) -> Iterator[tuple[str, str]]:
    """Yield the edited copies whose shipped questions have changed since, with those."""
    if os.path.isdir(places.overrides):
        for copy in yaml_files(places.overrides):
            shipped = os.path.join(places.shipped, os.path.basename(copy))
            if has_changed_since(copy, shipped):
                yield copy, shipped
