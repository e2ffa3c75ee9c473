"""A question with its answer, as an article of a page."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple, TypeAlias

from nnquiz.book.blocks import blocks, line
from nnquiz.book.markup import element, link, words
from nnquiz.model.digest import digest
from nnquiz.model.question import FollowUp, KeyPoint, Passage, Pitfall, Question, Source
from nnquiz.model.section import SECTIONS, TITLES, WEIGHTS, Section

Ideas: TypeAlias = Mapping[str, str]
"""What worked examples show, by their names."""


class _Place(NamedTuple):
    """Where an article stands: the level of its heading, and the names that it can refer to."""

    level: int
    anchor: str
    ideas: Ideas

    def text(self, passage: Passage) -> str:
        """Return a text, with headings below those of its section."""
        return blocks(passage.blocks, self.level + 2)

    def source(self, key: str) -> str:
        """Return the name of the place where a reference stands."""
        return f"{self.anchor}/{key}"


def anchor(question: Question) -> str:
    """Return the name by which a page refers to a question's article."""
    return f"{question.bank}/{question.id}"


def heading(question: Question) -> str:
    """Return a question behind its number, as markup."""
    number = "" if question.number is None else element("span", str(question.number), class_="no")
    return f"{number} {line(question.question.blocks)}".strip()


def article(
    question: Question,
    sections: Collection[Section] = SECTIONS,
    *,
    level: int = 1,
    ideas: Ideas,
) -> str:
    """Return a question with the chosen sections of its answer.

    Args:
        question: what is shown.
        sections: the parts to show; one that the question lacks is left out.
        level: of the heading above it, 1 for the title of a page.
        ideas: what the worked examples show.
    """
    place = _Place(level, anchor(question), ideas)
    facts = " · ".join(
        part for part in (question.topic, question.level, ", ".join(question.tags)) if part
    )
    parts = [element(f"h{level}", heading(question))]
    parts += [element("p", words(facts), class_="facts")] if facts else []
    for section in SECTIONS:
        body = _BODIES[section](question, place) if section in sections else ""
        if body:
            title = element(f"h{level + 1}", TITLES[section])
            parts.append(element("section", title, body, class_=section))
    return element("article", *parts, id=place.anchor)


def brief(question: Question) -> str:
    """Return a question with its formulas and what must be said, as an article of a sheet."""
    kept = digest(question)
    points = [element("li", line(point.point.blocks)) for point in kept.points]
    parts = [
        element("h2", heading(question)),
        blocks(list(kept.formulas), 2),
        element("ul", *points) if points else "",
    ]
    return element("article", *parts, id=anchor(question))


def _points(points: Collection[KeyPoint], place: _Place) -> str:
    """Return key points behind the words for their weights."""
    items = []
    for point in points:
        word = WEIGHTS.get(point.weight, str(point.weight))
        mark = element("span", word, class_=f"weight {word}")
        items.append(element("li", mark, element("div", place.text(point.point), "")))
    return element("ul", *items) if items else ""


def _follow_ups(items: Collection[FollowUp], place: _Place) -> str:
    name = f"h{place.level + 2}"
    return "".join(
        element(name, line(item.question.blocks)) + place.text(item.answer) for item in items
    )


def _pitfalls(pitfalls: Collection[Pitfall], question: Question, place: _Place) -> str:
    """Return what people say, what is the matter with it, what holds, and who says so."""
    cited = {source.key: source for source in question.sources}
    parts = []
    for item in pitfalls:
        kind = element("span", words(item.kind), class_="kind")
        parts.append(element(f"h{place.level + 2}", line(item.claim.blocks), " ", kind))
        parts.append(place.text(item.holds))
        names = [
            element("a", words(short_name(cited[key])), href=f"#{place.source(key)}")
            for key in item.sources
            if key in cited
        ]
        parts += [element("p", "; ".join(names), class_="cited")] if names else []
    return "".join(parts)


def _examples(names: Collection[str], place: _Place) -> str:
    """Return the commands that run the examples, each with what it shows."""
    items = []
    for name in names:
        idea = f" {words(place.ideas[name])}" if name in place.ideas else ""
        items.append(element("li", element("code", words(f"nnquiz run-example {name}")), idea))
    return element("ul", *items) if items else ""


def _sources(sources: Collection[Source], place: _Place) -> str:
    items = [element("li", reference(source), id=place.source(source.key)) for source in sources]
    return element("ul", *items) if items else ""


def reference(source: Source) -> str:
    """Return a whole reference, with links to where it can be read."""
    year = "" if source.year is None else f" ({source.year})"
    authors = f"{_joined(source.authors)}{year}".strip()
    doi, arxiv = f"doi:{source.doi}", f"arXiv:{source.arxiv}"
    said = [
        (authors, words(authors)),
        (source.title, element("cite", words(source.title))),
        (source.venue, words(source.venue)),
        (source.doi, link(f"https://doi.org/{source.doi}", words(doi))),
        (source.arxiv, link(f"https://arxiv.org/abs/{source.arxiv}", words(arxiv))),
    ]
    return " ".join(f"{markup}{'.' * (part[-1] not in '.?!')}" for part, markup in said if part)


def short_name(source: Source) -> str:
    """Return a reference in brief: surnames and year."""
    names = [_surname(author) for author in source.authors]
    said = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return f"{said} {source.year or ''}".strip() or source.key


def _surname(author: str) -> str:
    """Return a surname with the particles before it: van der Maaten."""
    parts = author.split()
    particle = next((at for at, part in enumerate(parts) if part.islower()), len(parts) - 1)
    return " ".join(parts[particle:])


def _joined(names: Collection[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


_Writes: TypeAlias = Callable[[Question, _Place], str]
_BODIES: Final[dict[Section, _Writes]] = {
    "short": lambda question, place: place.text(question.short),
    "full": lambda question, place: place.text(question.full),
    "points": lambda question, place: _points(question.key_points, place),
    "follow-ups": lambda question, place: _follow_ups(question.follow_ups, place),
    "pitfalls": lambda question, place: _pitfalls(question.pitfalls, question, place),
    "examples": lambda question, place: _examples(question.examples, place),
    "sources": lambda question, place: _sources(question.sources, place),
}
