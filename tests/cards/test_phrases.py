"""Phrases are found in what somebody typed, and not where they are denied."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.phrases import mentions, read


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It takes the weighted average of the values.", "weighted average of the values"),
        ("It averages the values, weighted by that.", "weighted average of the values"),
        ("You divide by the square root of d_k", "divide by root d_k"),
        ("scores are divided by √d_k", "divide by root d_k"),
        ("scores are divided by sqrt(d_k)", "divide by root d_k"),
        ("Multihead attention", "multi-head"),
        ("multi head attention", "multi-head"),
        ("key-value pairs", "value"),
        ("a warmup first", "warm-up"),
        ("it costs O(n²)", "O(n^2)"),
        ("n² time", "n squared"),
        ("generalization suffers", "generalisation"),
        ("queries, keys and values", "query key value"),
        ("This is not an explanation", "not an explanation"),
        ("Batch norm, not layer norm, is used", "batch norm"),
        ("Nothing is skipped. Softmax comes last", "softmax"),
        ("No softmax here. But a softmax there.", "softmax"),
    ],
)
def test_said_in_other_words(text: str, phrase: str) -> None:
    """Endings, order, small words and hyphens do not hide a phrase."""
    assert mentions(read(text), phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It is not divided by root d_k", "divide by root d_k"),
        ("attention without a softmax", "softmax"),
        ("The softmax isn't needed", "softmax"),
        ("weights that never sum to 1", "weights sum to 1"),
        ("This is an explanation", "not an explanation"),
        ("the softmaximum", "softmax"),
        ("The average comes first. Weighted sums of values are different.", "weighted average"),
        (
            "weighted by one thing and, after a long detour through others, average",
            "weighted average",
        ),
        ("", "softmax"),
        ("softmax", "softmax over keys"),
        ("it is", "it is"),
    ],
)
def test_denied_or_not_said(text: str, phrase: str) -> None:
    """A phrase that is denied, cut, spread out or beyond a full stop is not ticked."""
    assert not mentions(read(text), phrase)


WORDS = st.lists(
    st.sampled_from(["softmax", "keys", "queries", "scale", "gradient", "mask", "heads"]),
    min_size=1,
    max_size=5,
)


@given(WORDS, WORDS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_any_order_will_do(phrase: list[str], around: list[str], random: object) -> None:
    """A phrase is found in its own words in any order, whatever stands in the sentences around."""
    words = sorted(phrase)
    text = f"{' '.join(around)}. {' '.join(words)}. {' '.join(around)}"
    assert mentions(read(text), " ".join(phrase))


@given(WORDS, WORDS)
@settings(max_examples=60)
def test_a_word_that_is_missing_is_missed(phrase: list[str], text: list[str]) -> None:
    """Without one of its words a phrase is not there."""
    assert not mentions(read(" ".join(text)), " ".join([*phrase, "dropout"]))


@given(st.text(max_size=200), st.text(max_size=40))
@settings(max_examples=100)
def test_any_text_can_be_read(text: str, phrase: str) -> None:
    """Whatever is typed, there is an answer."""
    assert mentions(read(text), phrase) in {True, False}
