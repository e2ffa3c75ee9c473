"""Reads a YAML file into plain values, with the place of every value and key.

Only YAML's events are taken from the library (its C parser where there is one): no Python object
is ever constructed, and depth and size are bounded before they can hurt. PyYAML's own tree
builder is recursive in C and crashes the interpreter on a file of ten thousand brackets.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import yaml

from nnquiz.bank.problem import Problem
from nnquiz.model.visible import visible, visible_line

Path = tuple[str | int, ...]

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 40
MAX_ALIASED = 10_000  # values that aliases may add to those that are written out

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_OCTAL = re.compile("[-+]?0[0-7_]{1,18}")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
# What YAML does not allow to stand in a file as it is (YAML 1.1, section 5.1).
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Misread:
    """A plain scalar that YAML reads as something else than its author can have meant."""

    raw: str
    as_what: str
    instead: str


@dataclass(slots=True)
class Source:
    """A file that was read.

    Attributes:
        file: its path.
        text: what is in it.
        value: dictionaries, lists and scalars; None where it cannot be read at all.
        nodes: the YAML node of the value at each path.
        keys: the YAML node of the key at each path.
        problems: what is wrong with the YAML itself.
        readable: whether there is a value to look at.
    """

    file: str
    text: str = ""
    value: Any = None
    nodes: dict[Path, yaml.Node] = field(default_factory=dict)
    keys: dict[Path, yaml.Node] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = False

    def problem(self, path: Path, what: str, hint: str = "") -> Problem:
        """Return a problem at the value of `path`, or at the nearest that stands around it."""
        while path and path not in self.nodes:
            path = path[:-1]
        node = self.nodes.get(path)
        return self.at(node.start_mark if node else None, what, hint)

    def problem_at_key(self, path: Path, what: str, hint: str = "") -> Problem:
        """Return a problem at the key of `path`."""
        node = self.keys.get(path)
        return self.at(node.start_mark, what, hint) if node else self.problem(path, what, hint)

    def problem_within(
        self, path: Path, found: tuple[int, int], what: str, hint: str = ""
    ) -> Problem:
        """Return a problem at a place that `find` found, or else at the value of `path`."""
        index, shift = found
        if index < 0:
            return self.problem(path, what, hint)
        line = self.text.count("\n", 0, index) + 1
        column = index - self.text.rfind("\n", 0, index) + shift
        return Problem(self.file, line, column, what, hint)

    def find(self, path: Path, words: str, start: int) -> int:
        """Return where `words` stand in the text of the value at `path`, from `start` on, or -1."""
        node = self.nodes.get(path)
        if node is None:
            return -1
        return self.text.find(words, max(start, node.start_mark.index), node.end_mark.index)

    def line(self, path: Path) -> int:
        """Return the line of the value at `path`, counted from 1."""
        node = self.nodes.get(path)
        return node.start_mark.line + 1 if node else 1

    def at(self, mark: Any, what: str, hint: str = "") -> Problem:
        """Return a problem at a mark of the parser; at the start where there is none."""
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Problem(self.file, line, column, what, hint)


class _Refused(Exception):  # noqa: N818 -- a way out of the reader, never seen outside
    """The file cannot be read on from `mark`."""

    def __init__(self, mark: Any, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.mark, self.what, self.hint = mark, what, hint


def read(file: str) -> Source:
    """Read a YAML file; whatever is wrong with it is in `problems`, nothing is raised."""
    source = Source(file)
    try:
        raw = _bytes(file)
    except OSError as error:
        source.problems.append(Problem(file, 0, 0, f"cannot be read: {error.strerror}"))
        return source
    if len(raw) > MAX_BYTES:
        source.problems.append(
            Problem(file, 0, 0, "is larger than 64 MB", "split it into several files")
        )
        return source
    return parse(file, raw)


def _bytes(file: str) -> bytes:
    """Return at most one byte more than is allowed; a pipe or a device is not waited for."""
    if not stat.S_ISREG(os.stat(file).st_mode):
        raise OSError(0, "not a regular file")
    with open(file, "rb") as stream:
        return stream.read(MAX_BYTES + 1)


def parse(file: str, raw: bytes) -> Source:
    """Read the bytes of a YAML file; whatever is wrong is in `problems`, nothing is raised."""
    source = Source(file)
    try:
        source.text = re.sub("\r\n?", "\n", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        source.problems.append(_not_utf8(file, raw, error.start))
        return source
    try:
        root, written = _Composer(source.text).document()
        _Reader(source, written).value(root)
        source.readable = True
    except _Refused as refused:
        source.problems.append(source.at(refused.mark, refused.what, refused.hint))
        source.value = None
    return source


def _not_utf8(file: str, raw: bytes, position: int) -> Problem:
    """Return the problem of a byte that is not UTF-8."""
    before = raw[:position]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    what = f"byte 0x{raw[position]:02x} (position {position}) is not UTF-8"
    return Problem(file, line, column, what, "save the file in the encoding UTF-8")


class _Composer:
    """Builds the node tree from events, without recursion and to a bounded depth."""

    def __init__(self, text: str) -> None:
        bad = _FORBIDDEN.search(text)
        if bad:
            mark = _mark(text, bad.start())
            what = f"a control character, {visible_line(bad[0])}, stands in the text"
            if not visible_line(bad[0]).isprintable():
                what = f"the character U+{ord(bad[0]):04X} stands in the text"
            raise _Refused(mark, what, "delete it")
        self._text = text
        self._anchors: dict[str, yaml.Node] = {}
        self._open: list[yaml.Node] = []
        self._written = 0

    def document(self) -> tuple[yaml.Node, int]:
        """Return the root of the only document, and how many nodes are written in the file."""
        root: yaml.Node | None = None
        for loader, event in self._events():
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                hint = "one file holds one document: put several questions under questions:"
                raise _Refused(event.start_mark, "a second document starts here", hint)
            if isinstance(event, yaml.NodeEvent):
                node = self._node(loader, event)
                root = node if root is None else root
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop().end_mark = event.end_mark
        if root is None:
            raise _Refused(None, "the file is empty", "a question needs id, question and answer")
        return root, self._written

    def _events(self) -> Iterator[tuple[Any, yaml.Event]]:
        loader = _Loader(self._text)
        try:
            while loader.check_event():
                yield loader, loader.get_event()
        except yaml.MarkedYAMLError as error:
            raise _refusal(error, self._text) from None
        except (yaml.YAMLError, ValueError) as error:  # ValueError: an impossible \U escape
            raise _Refused(None, f"cannot be read as YAML: {visible_line(str(error))}") from None
        finally:
            loader.dispose()

    def _node(self, loader: Any, event: yaml.NodeEvent) -> yaml.Node:
        """Make the node of an event and put it into the collection that is open."""
        if isinstance(event, yaml.AliasEvent):
            node = self._aliased(event)
        else:
            node = self._new(loader, event)
            self._written += 1
            if event.anchor is not None:
                self._anchors[event.anchor] = node
        if self._open:
            self._open[-1].value.append(node)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) == MAX_DEPTH:
                raise _too_deep(event.start_mark)
            self._open.append(node)
        return node

    def _aliased(self, event: yaml.AliasEvent) -> yaml.Node:
        anchor = event.anchor or ""
        node = self._anchors.get(anchor)
        name = visible_line(anchor)
        if node is None:
            hint = 'a text that starts with * goes in quotes: "*..."'
            raise _Refused(event.start_mark, f"*{name} has no anchor &{name} before it", hint)
        if any(node is outer for outer in self._open):
            raise _Refused(event.start_mark, f"*{name} stands inside &{name} itself")
        # A node of its own, so that the place of a repeated value is where it is repeated.
        repeated: Any = copy(node)
        repeated.start_mark, repeated.end_mark = event.start_mark, event.end_mark
        aliased: yaml.Node = repeated
        return aliased

    @staticmethod
    def _new(loader: Any, event: yaml.NodeEvent) -> yaml.Node:
        start: Any = event.start_mark
        end: Any = event.end_mark
        if isinstance(event, yaml.ScalarEvent):
            tag = event.tag
            if tag is None or tag == "!":
                tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)
            return yaml.ScalarNode(tag, event.value, start, end, event.style)
        assert isinstance(event, yaml.CollectionStartEvent)  # noqa: S101 -- the only kind left
        kind: Any = yaml.SequenceNode
        if isinstance(event, yaml.MappingStartEvent):
            kind = yaml.MappingNode
        tag = event.tag
        if tag is None or tag == "!":
            tag = loader.resolve(kind, None, event.implicit)
        node: yaml.Node = kind(tag, [], start, end)
        return node


class _Reader:
    """Turns nodes into plain values and notes the place of each."""

    def __init__(self, source: Source, written: int) -> None:
        self._source = source
        self._left = written + MAX_ALIASED

    def value(self, root: yaml.Node) -> None:
        """Fill the source from its root node."""
        self._source.value = self._value(root, ())

    def _value(self, node: yaml.Node, path: Path) -> Any:
        self._left -= 1
        if self._left < 0:
            what = f"aliases repeat more than {MAX_ALIASED} values"
            raise _Refused(node.start_mark, what, "write the values out")
        self._source.nodes[path] = node
        if isinstance(node, yaml.MappingNode):
            self._expect_tag(node, "map")
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            self._expect_tag(node, "seq")
            return [self._value(item, (*path, i)) for i, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        pairs: list[Any] = node.value  # the composer's flat list: key, value, key, value
        result: dict[str, Any] = {}
        for key_node, value_node in zip(pairs[::2], pairs[1::2], strict=True):
            key = self._key(key_node)
            if key is None:
                continue
            place = (*path, key)
            if key in result:
                first = self._source.keys[place].start_mark.line + 1
                self._report(key_node, f'the key "{key}" stands twice; first in line {first}')
                continue
            self._source.keys[place] = key_node
            result[key] = self._value(value_node, place)
        return result

    def _key(self, node: yaml.Node) -> str | None:
        """Return the text of a key; None, and a problem, where it is no text at all."""
        if not isinstance(node, yaml.ScalarNode):
            self._report(node, "a key is a word, not a list or a mapping")
            return None
        key = visible_line(node.value)
        if node.tag == _TAG + "merge":
            self._report(node, "the merge key << is not understood", "write the keys out")
            return None
        value = self._scalar(node)
        if not isinstance(value, str):
            what = f"the key {key} is read by YAML as {kind_of(value)}"
            self._report(node, what, f'put it in quotes: "{key}"')
        return key

    def _scalar(self, node: yaml.Node) -> Any:
        raw = visible(node.value)
        kind = node.tag.removeprefix(_TAG)
        if kind in _READERS:
            return _READERS[kind](raw)
        if kind not in ("value", "merge"):
            self._expect_tag(node, "str")
        return raw

    def _expect_tag(self, node: yaml.Node, kind: str) -> None:
        if node.tag not in (_TAG + kind, "!"):
            tag = visible_line(node.tag.replace(_TAG, "!!"))
            what = f"the tag {tag} is not allowed: a bank is plain data, and nothing is constructed"
            self._report(node, what, "leave the tag out")

    def _report(self, node: yaml.Node, what: str, hint: str = "") -> None:
        self._source.problems.append(self._source.at(node.start_mark, what, hint))


def _truth(raw: str) -> Any:
    meant = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    return meant.get(raw.lower(), Misread(raw, "true or false", f'"{raw}"'))


def _integer(raw: str) -> Any:
    if _DECIMAL.fullmatch(raw):
        return int(raw)
    if ":" in raw:
        return Misread(raw, "a number to the base 60", f'"{raw}"')
    if _OCTAL.fullmatch(raw):
        digits = raw.lstrip("+-0_").replace("_", "") or "0"
        return Misread(raw, f"the octal number {int(digits, 8)}", digits)
    return Misread(raw, "a number in an unusual notation", f'"{raw}"')


def _float(raw: str) -> Any:
    try:
        return float(raw.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return Misread(raw, "a number in an unusual notation", f'"{raw}"')


_READERS: dict[str, Callable[[str], Any]] = {
    "null": lambda _raw: None,
    "bool": _truth,
    "int": _integer,
    "float": _float,
    "timestamp": lambda raw: Misread(raw, "a date", f'"{raw}"'),
}


def kind_of(value: Any) -> str:
    """Return what YAML reads a value as, in words."""
    if isinstance(value, Misread):
        return value.as_what
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "nothing"


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "a mapping"),
)


def _mark(text: str, index: int) -> Any:
    line, column = text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1
    return yaml.Mark("", index, line, column, None, 0)


# What the parser says, in the order of looking, and what usually mends it.
_MENDED = (
    ("tab", "indent with spaces, not with a tab"),
    ("mapping values are not allowed", 'a text that contains ": " goes in quotes, or below "|"'),
    ("cannot start any token", "a text that starts with this character goes in quotes"),
    ("unexpected end of stream", "a quotation mark that opens a text must close it too"),
    ("unknown escape", r"between double quotes a backslash is written \\; in '...' it is plain"),
    ("escape code", r"between double quotes a backslash is written \\; in '...' it is plain"),
    ("expected ',' or ']'", "a list in [ ] ends with ], and its items are parted by commas"),
    ("expected ',' or '}'", "a mapping in { } ends with }, and its items are parted by commas"),
    ("could not find expected ':'", "each key has a colon and a space behind it"),
    ("expected key", "keys of one level start in one column; a text with quotes inside is quoted"),
    ("'-' indicator", "the items of one list start in one column, each with a hyphen"),
)


def _refusal(error: yaml.MarkedYAMLError, text: str) -> _Refused:
    """Say a syntax error of the parser in one line, at its place."""
    if "nesting depth" in (error.problem or ""):
        return _too_deep(_first_too_deep(text))
    mark = error.problem_mark or error.context_mark
    what = visible_line(error.problem or "cannot be read as YAML")
    if mark is not None and _char(text, mark) == "\t":
        what, key = "a tab stands where YAML wants spaces", "tab"
    else:
        key = what
    hint = next((hint for words, hint in _MENDED if words in key), "")
    if "end of stream" in what and error.context_mark is not None:
        what, mark = "the quotation that opens here is never closed", error.context_mark
    elif "end of stream" not in what and not what.startswith("a tab"):
        what = f"YAML syntax: {what}"
    return _Refused(mark, what, hint)


def _too_deep(mark: Any) -> _Refused:
    hint = "a question needs no more than six levels"
    return _Refused(mark, f"nested more than {MAX_DEPTH} levels deep", hint)


def _first_too_deep(text: str) -> Any:
    """Return the place of what is nested too deep, where the C parser looked ahead and gave up."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _char(text: str, mark: Any) -> str:
    return text[mark.index : mark.index + 1]
