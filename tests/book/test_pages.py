"""Pages for a browser: well-formed, self-contained, complete, and with no text taken for markup."""

import doctest
import os
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.bank.load import load_bank
from nnquiz.bank.markdown import parse_markdown
from nnquiz.book import markup as markup_module
from nnquiz.book.blocks import blocks, inline
from nnquiz.book.page import GENERATOR, book, page, sheet
from nnquiz.book.question import reference, short_name
from nnquiz.model.document import Document
from nnquiz.model.question import Passage, Question, Source
from nnquiz.model.section import SECTIONS, TITLES
from nnquiz.paths import locate

QUESTIONS = [built.question for built in load_bank(locate(os.environ).shipped).built]
ATTENTION = next(question for question in QUESTIONS if question.id == "attention")
# The elements that a page may consist of: nothing that runs, fetches or asks for anything.
HARMLESS_NAMES = (
    "a article blockquote body br cite code div em h1 h2 h3 h4 h5 h6 head header hr html li main "
    "meta nav ol p pre section span strong style table tbody td th thead title tr ul "
    "math mfrac mi mn mo mover mroot mrow mspace msqrt msub msubsup msup mtable mtd mtext mtr "
    "munder munderover"
)
HARMLESS = set(HARMLESS_NAMES.split())


def read(written: str) -> ElementTree.Element:
    """Return the root of a page, which is XML below its first line."""
    declared, _, rest = written.partition("\n")
    assert declared == "<!DOCTYPE html>"
    return ElementTree.fromstring(rest)


def name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def text(element: ElementTree.Element) -> str:
    """Return all the words of an element with blanks as one."""
    return " ".join("".join(element.itertext()).split())


def sources_of(question: Question) -> Iterator[str]:
    """Yield the Markdown of every text of a question."""
    yield from (question.question.source, question.short.source, question.full.source)
    yield from (point.point.source for point in question.key_points)
    for follow_up in question.follow_ups:
        yield from (follow_up.question.source, follow_up.answer.source)
    for pitfall in question.pitfalls:
        yield from (pitfall.claim.source, pitfall.holds.source)


def words_of(markdown: str) -> Counter[str]:
    """Count the words of a Markdown source, formulas and marks left out."""
    prose = re.sub(r"\$\$.*?\$\$|\$(?:\\.|[^$\\])+\$", " ", markdown, flags=re.DOTALL)
    prose = re.sub(r"\]\([^)]*\)|^ *```\w*|^ *\d+\. ", " ", prose, flags=re.MULTILINE)
    return Counter(re.findall(r"[^\W_]+", prose))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.id))
def test_a_page_has_every_word_of_its_question(question: Question) -> None:
    """Each text, each source and each example is there, under the titles of the sections."""
    root = read(page(question, ideas={}))
    shown = text(root)
    printed = Counter(re.findall(r"[^\W_]+", " ".join(root.itertext())))
    for markdown in sources_of(question):
        assert words_of(markdown) - printed == Counter()
    for source in question.sources:
        assert source.title in shown
        assert all(author in shown for author in source.authors)
    assert all(f"nnquiz run-example {example}" in shown for example in question.examples)
    titles = [text(element) for element in root.iter("h2")]
    parts = {
        **dict.fromkeys(("short", "full"), True),
        "points": question.key_points,
        "follow-ups": question.follow_ups,
        "pitfalls": question.pitfalls,
        "examples": question.examples,
        "sources": question.sources,
    }
    assert titles == [TITLES[section] for section in SECTIONS if parts[section]]


def test_a_page_is_made_of_harmless_elements() -> None:
    """No script, no picture, no form and no handler, and a policy that forbids all of them."""
    written = book(QUESTIONS, ideas={})
    for element in read(written).iter():
        assert name(element) in HARMLESS
        assert not any(attribute.lower().startswith("on") for attribute in element.attrib)
        assert "src" not in element.attrib
    assert GENERATOR in written
    assert 'content="default-src &#x27;none&#x27;; style-src' in written
    assert "url(" not in written
    assert "@import" not in written


def test_links_of_a_page_lead_somewhere() -> None:
    """A link within the page has its place there, once; every other one is a web address."""
    root = read(book(QUESTIONS, ideas={}))
    places = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert set(places.values()) == {1}
    addresses = [element.get("href", "") for element in root.iter("a")]
    assert len(addresses) > 100
    for address in addresses:
        assert address.startswith("https://") or address.removeprefix("#") in places


def test_a_book_begins_with_its_contents() -> None:
    """Every question is named before the first of them is answered, and leads to its answer."""
    root = read(book(QUESTIONS, ideas={}))
    entries = root.findall(".//nav/ul/li/a")
    articles = root.findall(".//article")
    assert len(entries) == len(articles) == 22
    for entry, article in zip(entries, articles, strict=True):
        assert entry.get("href") == f"#{article.get('id')}"
        assert text(entry) == text(article.find("h2"))  # type: ignore[arg-type]


def test_headings_go_down_one_by_one() -> None:
    """A screen reader can go from heading to heading: no level is skipped on the way down."""
    for root in (read(page(ATTENTION, ideas={})), read(book(QUESTIONS, ideas={}))):
        levels = [int(found[1]) for found in map(name, root.iter()) if re.match(r"h\d", found)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_part_can_be_asked_for_alone() -> None:
    """A page of chosen sections has these and no other."""
    root = read(page(ATTENTION, ["points", "short"], ideas={}))
    assert [text(element) for element in root.iter("h2")] == ["The short answer", "Key points"]


def test_a_sheet_has_formulas_and_what_must_be_said() -> None:
    """Of each question the displayed formulas of its answer and its points of weight 3."""
    root = read(sheet(QUESTIONS))
    articles = root.findall(".//article")
    assert len(articles) == len(QUESTIONS)
    for question, shown in zip(QUESTIONS, articles, strict=True):
        answer = question.short.source + question.full.source
        assert len(shown.findall(".//div[@class='formula']")) == answer.count("$$") // 2
        musts = [point for point in question.key_points if point.weight == 3]
        assert len(shown.findall("./ul/li")) == len(musts)
    assert set(map(name, root.iter())) <= HARMLESS


def test_examples_say_what_they_show() -> None:
    """A worked example that is known stands with its idea."""
    assert "attention</code> Score &lt; each" in page(
        ATTENTION, ideas={"attention": "Score < each"}
    )


def compiled(markdown: str) -> Document:
    """Return Markdown as a bank compiles it."""
    return parse_markdown(markdown).blocks


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("*a* **b** `c<d`", "<p><em>a</em> <strong>b</strong> <code>c&lt;d</code></p>"),
        ("# Title", "<h3>Title</h3>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("---", "<hr/>"),
        ("```text\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
        (
            "| a | b |\n|---|--:|\n| c | 1 |",
            (
                '<div class="scroll"><table><thead><tr><th>a</th><th style="text-align:right">b'
                "</th></tr></thead><tbody><tr><td>c</td>"
                '<td style="text-align:right">1</td></tr></tbody></table></div>'
            ),
        ),
        (
            "[there](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">there</a></p>',
        ),
        ("[here](example:attention#weights)", "<p>here</p>"),
    ],
)
def test_blocks_are_what_html_has_for_them(markdown: str, written: str) -> None:
    """Each block of a document becomes the element that means it."""
    assert blocks(compiled(markdown), 2) == written


def test_a_comma_stays_with_its_formula() -> None:
    """No line of the page begins with the comma after a formula."""
    written = blocks(compiled("With $x$, then $y$ too."), 2)
    assert re.search(r'<span class="held"><math.*?</math>,</span> then <math', written)
    assert "</math> too." in written


def test_a_formula_that_does_not_parse_stays_as_it_was_written() -> None:
    """What `nnquiz check` complains about is shown as its source."""
    assert blocks(compiled(r"$\fraq{1}{2}$"), 2) == r"<p><code>\fraq{1}{2}</code></p>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "file:///etc", "x"]
)
def test_only_web_addresses_are_followed(address: str) -> None:
    """A link of a bank that would run or open something is only its words."""
    document: Document = [
        {
            "kind": "paragraph",
            "spans": [
                {"kind": "link", "href": address, "spans": [{"kind": "text", "text": "there"}]}
            ],
        }
    ]
    assert blocks(document, 2) == "<p>there</p>"


class Elements(HTMLParser):
    """The elements that a browser would see."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words += data


# What XML itself cannot hold is not drawn here.
TEXTS = st.text(st.characters(exclude_categories=["Cn", "Cs"]), max_size=40)


@settings(max_examples=80, deadline=None)
@given(TEXTS | st.sampled_from(["<script>", "</style>", "]]>", "&amp;", '" onload="', "<!--"]))
def test_no_text_of_a_bank_is_markup(hostile: str) -> None:
    """In every place where a text may stand it is shown, and nothing of it acts."""
    passage = Passage(
        hostile, [{"kind": "paragraph", "spans": [{"kind": "text", "text": hostile}]}]
    )
    source = Source(hostile, (hostile, hostile), 2000, hostile, hostile, hostile, hostile)
    question = ATTENTION._replace(
        id=hostile,
        question=passage,
        topic=hostile,
        tags=(hostile,),
        short=passage,
        key_points=tuple(point._replace(point=passage) for point in ATTENTION.key_points),
        pitfalls=tuple(
            pitfall._replace(kind=hostile, sources=(hostile,)) for pitfall in ATTENTION.pitfalls
        ),
        examples=(hostile,),
        sources=(source,),
    )
    ours = page(question, ideas={hostile: hostile})
    assert set(map(name, read(ours).iter())) <= HARMLESS
    assert set(Elements(ours).seen) <= HARMLESS


def test_documented_examples_are_true() -> None:
    """What the docstrings of the markup show is what comes out."""
    done = doctest.testmod(markup_module)
    assert (done.attempted > 0, done.failed) == (True, 0)


def test_spans_hold_any_text() -> None:
    """Code, links and formulas of hostile text are text."""
    hostile = '<b>&\x1b"'
    markup = inline(
        [
            {"kind": "code", "text": hostile},
            {"kind": "maths", "tex": hostile, "linear": hostile},
            {"kind": "break"},
            {"kind": "link", "href": "https://x.org/" + hostile, "spans": []},
        ]
    )
    found = Elements(markup)
    assert found.seen == ["code", "code", "br", "a"]
    assert found.words.startswith('<b>&␛"<b>&␛"https://x.org/<b>&')


def test_references_are_whole() -> None:
    """Authors, year, title, venue and the places where it can be read; in brief, surnames."""
    paper = Source(
        "k", ("L. van der Maaten", "G. Hinton"), 2008, "Why?", "JMLR 9", "10.1/x", "0806.1"
    )
    assert reference(paper) == (
        "L. van der Maaten and G. Hinton (2008). <cite>Why?</cite> JMLR 9. "
        '<a href="https://doi.org/10.1/x" rel="noreferrer">doi:10.1/x</a>. '
        '<a href="https://arxiv.org/abs/0806.1" rel="noreferrer">arXiv:0806.1</a>.'
    )
    assert short_name(paper) == "van der Maaten and Hinton 2008"
    assert short_name(paper._replace(authors=("A. B",) * 3, year=None)) == "B et al."
    assert short_name(Source("k", (), None, "", "", "", "")) == "k"
