"""The banks as every command opens them."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.model.listing import QuestionLine


def open_index() -> "Index":
    """Open the compiled banks; what had to be left out of them is said on standard error."""
    from nnquiz.bank.index import Index
    from nnquiz.paths import locate

    index = Index.open(locate(os.environ))
    for warning in index.warnings:
        sys.stderr.write(f"{warning}\n")
    return index


def topics(incomplete: str) -> list[tuple[str, str]]:
    """Return the topics that a shell may complete, each with its title."""
    with open_index() as index:
        known = index.topics()
    return [(topic.id, topic.title) for topic in known if topic.id.startswith(incomplete)]


def tags(incomplete: str) -> list[str]:
    """Return the tags that a shell may complete."""
    with open_index() as index:
        return [tag for tag in index.tags() if tag.startswith(incomplete)]


def levels(incomplete: str) -> list[str]:
    """Return the levels that a shell may complete."""
    from nnquiz.bank.index import LEVELS

    return [level for level in LEVELS if level.startswith(incomplete)]


def shape(line: "QuestionLine") -> dict[str, object]:
    """Return a question of a list as JSON has it: its text as its Markdown."""
    return {
        "number": line.number,
        "id": line.id,
        "question": line.source,
        "topic": line.topic,
        "level": line.level,
        "tags": list(line.tags),
        "cards": line.cards,
    }


def shown_name(line: "QuestionLine") -> str:
    """Return what `nnquiz show` finds a question by: its id, behind its bank's if not ours."""
    from nnquiz.bank.index import OURS

    return line.id if line.bank == OURS else f"{line.bank}/{line.id}"


def shown_number(line: "QuestionLine") -> str:
    """Return the number that means this question when it stands alone."""
    from nnquiz.bank.index import OURS

    return str(line.number) if line.bank == OURS and line.number is not None else ""
