"""Answers are compared as people spell, and near misses are told from other answers."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnquiz.cards import spelling
from nnquiz.cards.spelling import fold, near, same, same_maths, singulars

LETTERS = st.text("abcdefghijklmnoprtuvwxy", min_size=1, max_size=14)  # no z, and no final s


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("SoftMax", "softmax"),
        ("soft max", "softmax"),
        ("naive", "naïve"),
        ("ｓｏｆｔｍａｘ", "softmax"),
        ("false positive rate", "false-positive rate"),
        ("auto-encoder", "autoencoder"),
        ("hidden states", "hidden state"),
        ("bias", "biases"),
        ("classes", "class"),
        ("layers", "layer"),
        ("batch normalization", "batch normalisation"),
        ("analyze", "analyse"),
        ("top-5", "TOP-5"),
        ("  learning   rate ", "learning rate"),
    ],
)
def test_what_does_not_count(typed: str, answer: str) -> None:
    """Case, accents, widths, spaces, hyphens between letters, a plural and -ize do not count."""
    assert same(typed, answer)
    assert same(answer, typed)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("key", "keys"),  # four letters: the s counts
        ("RNN", "RNNs"),
        ("top5", "top-5"),  # that hyphen is not between letters
        ("Adam", "AdamW"),
        ("GRU", "LSTM"),
        ("-1", "1"),
        ("planes", "plans"),
        ("0.1", "01"),
        ("precision and recall", "precision"),
    ],
)
def test_what_counts(typed: str, answer: str) -> None:
    """Everything else is another answer."""
    assert not same(typed, answer)
    assert not same(answer, typed)


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=80)
def test_sameness_has_two_sides(one: str, other: str) -> None:
    """A text is its own answer, and if one is right for the other, so is the other for the one."""
    assert same(one, one)
    assert same(one, other) == same(other, one)


@given(st.text(max_size=20))
@settings(max_examples=80)
def test_folding_is_done_once(text: str) -> None:
    """A folded text is folded already, and has no spaces."""
    assert fold(fold(text)) == fold(text)
    assert not any(map(str.isspace, fold(text)))


@pytest.mark.parametrize(
    ("word", "without"),
    [("keys", ()), ("gates", ("gate", "gat")), ("class", ("clas",)), ("top-5s", ())],
)
def test_plurals_need_more_than_four_letters(word: str, without: tuple[str, ...]) -> None:
    """A final s or es is taken away from words of five letters and more, of nothing else."""
    assert singulars(word) == without


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("sofmax", "softmax"),
        ("sotfmax", "softmax"),
        ("softmaxx", "softmax"),
        ("hyperplain", "hyperplane"),
        ("logstic regresion", "logistic regression"),
        ("prevelance", "prevalence"),
    ],
)
def test_slips_of_the_keys_are_near(typed: str, answer: str) -> None:
    """One edit from 6 letters, two from 10; two neighbours swapped are one edit."""
    assert near(typed, answer)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("biass", "bias"),  # too short for any slip
        ("sfmax", "softmax"),  # two edits on seven letters
        ("recall", "precision"),
        ("ResNet-51", "ResNet-50"),  # a digit is no slip
        ("100000", "10000"),
        ("symmetric", "asymmetric"),
        ("supervised", "unsupervised"),
        ("equivariant", "invariant"),
    ],
)
def test_other_words_are_not_near(typed: str, answer: str) -> None:
    """Short words, digits and negations leave no room for slips."""
    assert not near(typed, answer)
    assert not near(answer, typed)


@given(LETTERS, st.data())
@settings(max_examples=150)
def test_one_edit_is_near_from_six_letters_on(answer: str, data: st.DataObject) -> None:
    """A letter left out, put in, replaced or swapped is near exactly from six letters on."""
    place = data.draw(st.integers(0, len(answer) - 1))
    before, letter, after = answer[:place], answer[place], answer[place + 1 :]
    other = data.draw(st.sampled_from("qkx"))
    swapped = before + after[:1] + letter + after[1:]
    typed = data.draw(
        st.sampled_from(
            [before + after, before + other + answer[place:], swapped, before + other + after]
        )
    )
    opposed = any(
        {typed, answer} == {word, p + word} for word in (typed, answer) for p in spelling._NEGATIONS
    )
    assume(not opposed)
    assert near(typed, answer) == (len(answer) >= 6)


@given(LETTERS, LETTERS)
@settings(max_examples=150)
def test_the_distance_is_a_distance(one: str, other: str) -> None:
    """It is 0 for equal texts only, symmetric, and at most the longer length."""
    edits = spelling._edits(one, other)
    assert (edits == 0) == (one == other)
    assert edits == spelling._edits(other, one)
    assert abs(len(one) - len(other)) <= edits <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("typed", "answer", "right"),
    [
        ("( a - y ) * x_i", "(a-y)·x_i", True),
        ("sqrt(d_k)", "√(d_k)", True),
        ("x^2", "x²", True),
        ("m−1", "m-1", True),
        ("A", "a", False),
        ("x", "-x", False),
        ("ab", "a*b", False),
        ("d_ks", "d_k", False),
        ("soft-max", "softmax", False),
    ],
)
def test_formulas_are_compared_sign_by_sign(typed: str, answer: str, *, right: bool) -> None:
    """Spaces and keyboard spellings do not count; case and sign do."""
    assert same_maths(typed, answer) is right
