"""A text of the bank after its Markdown was parsed: blocks that contain spans.

The values are plain dictionaries, so that a compiled answer is read from the index by one
`json.loads` and nothing is built before it is drawn.
"""

from typing import Literal, TypedDict


class Text(TypedDict):
    """Words as they stand."""

    kind: Literal["text"]
    text: str


class Emphasis(TypedDict):
    """Emphasised words: `*weak*` and `**strong**`."""

    kind: Literal["emphasis", "strong"]
    spans: list["Span"]


class Code(TypedDict):
    """Code inside a line."""

    kind: Literal["code"]
    text: str


class Maths(TypedDict):
    """A formula inside a line: its LaTeX and its linear Unicode form."""

    kind: Literal["maths"]
    tex: str
    linear: str


class Link(TypedDict):
    """Words that lead somewhere: a web address, or `example:name?parameter=value#result[0]`."""

    kind: Literal["link"]
    href: str
    spans: list["Span"]


class Break(TypedDict):
    """A line that ends where its author ended it."""

    kind: Literal["break"]


Span = Text | Emphasis | Code | Maths | Link | Break


class Heading(TypedDict):
    """A heading; `level` counts from 1."""

    kind: Literal["heading"]
    level: int
    spans: list[Span]


class Paragraph(TypedDict):
    """A paragraph."""

    kind: Literal["paragraph"]
    spans: list[Span]


class List(TypedDict):
    """A list; `start` is the first number, or None where the items carry bullets."""

    kind: Literal["list"]
    start: int | None
    items: list[list["Block"]]


class Table(TypedDict):
    """A table: alignments, the head's cells, and the cells of each row."""

    kind: Literal["table"]
    align: list[Literal["left", "centre", "right"]]
    head: list[list[Span]]
    rows: list[list[list[Span]]]


class Fence(TypedDict):
    """A block kept as it is: code (`language` python, ...) or a diagram (`text`, or empty)."""

    kind: Literal["fence"]
    language: str
    text: str


class Formula(TypedDict):
    """A formula on a line of its own: its LaTeX and its linear Unicode form."""

    kind: Literal["formula"]
    tex: str
    linear: str


class Quote(TypedDict):
    """A quotation."""

    kind: Literal["quote"]
    blocks: list["Block"]


class Rule(TypedDict):
    """A line across the page."""

    kind: Literal["rule"]


Block = Heading | Paragraph | List | Table | Fence | Formula | Quote | Rule
Document = list[Block]
