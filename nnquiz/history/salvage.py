"""What can still be read of a damaged log: events, straight from the pages of its file.

SQLite refuses a file that is cut short or has lost its first page, although the rest of it may be
whole. So the pages are read here one by one, as the SQLite documentation describes them ("Database
File Format", sqlite.org/fileformat2.html). Every leaf of a table names its rows by itself: neither
the header nor the tree above it is needed. Events never change and never go, so that any copy of
one is as good as any other: an old page, a free one, or one that waits in the write-ahead log.
"""

import os
import struct
from collections.abc import Callable, Iterator
from mmap import ACCESS_READ, mmap
from typing import Any

from nnquiz.errors import BadInput
from nnquiz.history.record import make_event
from nnquiz.model.event import Event

_MAGIC = b"SQLite format 3\0"
_PAGE = 4096  # what SQLite chooses, and what is assumed where the header is gone
_FILE_HEADER = 100  # bytes, in front of the first page's own header
_LEAF_OF_TABLE = 13
_LEAF_HEADER = 8
_WAL_HEADER, _FRAME_HEADER = 32, 24

_COLUMNS = 1 + len(Event.__slots__)  # the arrival, which stands in the row's key instead
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)  # by serial type
_FLOAT, _ZERO, _ONE, _BLOB, _TEXT = 7, 8, 9, 12, 13

Pages = Callable[[int], bytes]  # a page by its number, counted from 1; empty where there is none


def salvage(path: str) -> Iterator[Event]:
    """Yield every event that can be read from the log at `path` and its write-ahead log, once.

    Nothing is written. Records that are damaged themselves are left out.
    """
    seen: set[str] = set()
    for event in _all_readable(path):
        if event.id not in seen:
            seen.add(event.id)
            yield event


def _all_readable(path: str) -> Iterator[Event]:
    with _Mapped(path) as file, _Mapped(f"{path}-wal") as wal:
        size, reserved = _layout(file)
        newest = dict(_frames(wal, size))

        def page(number: int) -> bytes:
            if number in newest:
                return wal[newest[number] : newest[number] + size]
            return file[(number - 1) * size : number * size]

        for number in range(1, -(-len(file) // size) + 1):
            yield from _events(file[(number - 1) * size : number * size], number, reserved, page)
        for number, start in _frames(wal, size):
            yield from _events(wal[start : start + size], number, reserved, page)


class _Mapped:
    """The bytes of a file, read as they are asked for; of a missing or empty one, none."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> "mmap | bytes":
        self._bytes: mmap | bytes = b""
        if os.path.exists(self._path) and os.path.getsize(self._path):
            with open(self._path, "rb") as file:
                self._bytes = mmap(file.fileno(), 0, access=ACCESS_READ)
        return self._bytes

    def __exit__(self, *_: object) -> None:
        if isinstance(self._bytes, mmap):
            self._bytes.close()


def _layout(file: "mmap | bytes") -> tuple[int, int]:
    """Return the size of a page, and how many bytes at its end are reserved."""
    header = file[:_FILE_HEADER]
    if header[: len(_MAGIC)] == _MAGIC and len(header) == _FILE_HEADER:
        size = int.from_bytes(header[16:18])
        size = 65536 if size == 1 else size
        if size in {512 << step for step in range(8)}:
            return size, header[20]
    return _PAGE, 0


def _frames(wal: "mmap | bytes", size: int) -> Iterator[tuple[int, int]]:
    """Yield (page number, offset) of what committed transactions wrote, in their order.

    A transaction ends with the frame that says how many pages the database has then. What comes
    before another one's salt, or before the end, was never committed.
    """
    run: list[tuple[int, int]] = []
    salt = b""
    for start in range(_WAL_HEADER, len(wal) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, pages, its_salt = struct.unpack_from(">II8s", wal, start)
        if its_salt != salt:
            run, salt = [], its_salt
        run.append((number, start + _FRAME_HEADER))
        if pages:
            yield from run
            run = []


def _events(page: bytes, number: int, reserved: int, pages: Pages) -> Iterator[Event]:
    """Yield the events of a page, which may be any page, or no longer one."""
    start = _FILE_HEADER if number == 1 else 0
    if len(page) <= start + _LEAF_HEADER or page[start] != _LEAF_OF_TABLE:
        return
    cells = int.from_bytes(page[start + 3 : start + 5])
    for place in range(start + _LEAF_HEADER, start + _LEAF_HEADER + 2 * cells, 2):
        cell = int.from_bytes(page[place : place + 2])
        try:
            event = _event(_values(_payload(page, cell, reserved, pages)))
        except (IndexError, ValueError, struct.error):
            continue  # of a page that was overwritten in part
        if event is not None:
            yield event


def _payload(page: bytes, start: int, reserved: int, pages: Pages) -> bytes:
    """Return the record of a cell, also where it goes on in other pages."""
    length, start = _varint(page, start)
    _, start = _varint(page, start)  # the key, which is the arrival
    usable = len(page) - reserved
    local, most = length, usable - 35
    if length > most:
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
    record = bytearray(page[start : start + local])
    following = int.from_bytes(page[start + local : start + local + 4]) if length > local else 0
    while following and len(record) < length:
        more = pages(following)
        if len(more) < 4:
            break
        following = int.from_bytes(more[:4])
        record += more[4 : 4 + min(usable - 4, length - len(record))]
    if len(record) != length:
        raise ValueError("the record is not all there")
    return bytes(record)


def _values(record: bytes) -> list[Any]:
    """Return the values of a record; none where it cannot be one of an event."""
    header, start = _varint(record, 0)
    types = []
    while start < header:
        kind, start = _varint(record, start)
        types.append(kind)
    values: list[Any] = []
    if len(types) != _COLUMNS:
        return values
    for kind in types:
        value, start = _value(record, start, kind)
        values.append(value)
    return values


def _value(record: bytes, start: int, kind: int) -> tuple[Any, int]:
    """Return the value of a serial type, and where the next one begins."""
    if kind == 0:
        return None, start
    if kind in {_ZERO, _ONE}:
        return kind - _ZERO, start
    if kind == _FLOAT:
        return struct.unpack_from(">d", record, start)[0], start + 8
    if kind < _FLOAT:
        end = start + _INTEGER_BYTES[kind]
        return int.from_bytes(record[start:end], signed=True), end
    if kind < _BLOB:
        raise ValueError("no type has this number")
    end = start + (kind - _BLOB) // 2
    if kind % 2 == 0 or end > len(record):
        raise ValueError("an event has no such value")
    return record[start:end].decode(), end


def _event(values: list[Any]) -> Event | None:
    """Return the event of a row; None where it is none that the log could have taken."""
    fields = values[1:]
    if not fields or values[0] is not None:
        return None
    try:
        return make_event(dict(zip(Event.__slots__, fields, strict=True)))
    except BadInput:
        return None


def _varint(data: bytes, start: int) -> tuple[int, int]:
    """Return a variable-length integer, the high bits first, and where the next begins."""
    value = 0
    for place in range(start, start + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[start + 8], start + 9
