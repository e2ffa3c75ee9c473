"""Pages for a browser against html5lib, which reads HTML by the standard that browsers follow."""

import os
from collections.abc import Iterator
from xml.etree import ElementTree

import html5lib
import pytest

from nnquiz.bank.load import load_bank
from nnquiz.book.page import book, page
from nnquiz.examples.catalogue import ENTRIES
from nnquiz.model.question import Question
from nnquiz.paths import locate

QUESTIONS = [built.question for built in load_bank(locate(os.environ).shipped).built]
IDEAS = {entry.name: entry.idea for entry in ENTRIES}


def shape(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield every element of a tree, by its name without a namespace, with the text it begins."""
    for inner in element.iter():
        yield str(inner.tag).rpartition("}")[2], inner.text or ""


def assert_a_browser_reads_what_was_written(written: str) -> None:
    """Compare the tree that the standard makes of a page with the one that was meant."""
    parser = html5lib.HTMLParser(strict=True)  # which raises at the first thing it has to mend
    read = parser.parse(written)
    meant = ElementTree.fromstring(written.partition("\n")[2])
    assert list(shape(read)) == list(shape(meant))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.id))
def test_a_page_is_read_as_it_is_meant(question: Question) -> None:
    """Nothing is mended, moved or dropped, in the mathematics neither."""
    assert_a_browser_reads_what_was_written(page(question, ideas=IDEAS))


def test_a_book_is_read_as_it_is_meant() -> None:
    """So it is with all questions in one file."""
    assert_a_browser_reads_what_was_written(book(QUESTIONS, ideas=IDEAS))
