"""When two texts are the same answer, and when one is only spelt a little differently."""

import re
import unicodedata

_ONE_SLIP = 6  # letters from which an answer may be one edit away, and still be close
_TWO_SLIPS = 10

_ARTICLES = ("a", "an", "the")
_PLURAL = 5  # letters from which a word may lack its final s or es
_NEGATIONS = ("a", "dis", "il", "im", "in", "ir", "non", "un")

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐–](?=[^\W\d_])")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_IZE = re.compile(r"(?<=[^\W\d_])([iy])z(?=[aei])")

# Signs of a formula that have a spelling on every keyboard.
_SIGNS = str.maketrans({"√": "sqrt", "·": "*", "⋅": "*", "×": "*", "²": "^2", "³": "^3", "−": "-"})


def simplify(text: str) -> str:
    """Return a text without compatibility forms (NFKC), capitals and accents, and -ize as -ise.

    >>> simplify("naïve NORMALIZATION")
    'naive normalisation'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isascii():
        letters = unicodedata.normalize("NFD", folded)
        folded = _BEYOND_ASCII.sub(_without_accent, letters)
    return _IZE.sub(r"\1s", folded)


def _without_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def words(text: str) -> list[str]:
    """Return the simplified words of a text; a hyphen between letters parts them.

    >>> words("Auto-Encoder  F-1")
    ['auto', 'encoder', 'f-1']
    """
    return _HYPHEN.sub(" ", simplify(text)).split()


def fold(text: str) -> str:
    """Return a text as it is compared, its spaces dropped: equal texts are the same answer."""
    return "".join(words(text))


def singulars(word: str) -> tuple[str, ...]:
    """Return a word without its final s or es, where it has one and more than four letters."""
    if len(word) < _PLURAL or not word.isalpha():
        return ()
    return tuple(word.removesuffix(end) for end in ("s", "es") if word.endswith(end))


def same(typed: str, answer: str) -> bool:
    """Tell whether two texts are the same answer; an article before it is no part of it.

    >>> same("soft max", "Softmax"), same("hidden states", "hidden state"), same("Adam", "AdamW")
    (True, True, False)
    >>> same("the median", "median"), same("a", "the")
    (True, False)
    """
    ours, theirs = _without_article(words(typed)), _without_article(words(answer))
    if _same_word("".join(ours), "".join(theirs)):
        return True
    return len(ours) == len(theirs) and all(map(_same_word, ours, theirs))


def _without_article(found: list[str]) -> list[str]:
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found


def near(typed: str, answer: str) -> bool:
    """Tell whether a text is an answer but for a slip of the keys.

    One edit from 6 letters of the answer on, two from 10: a letter too many, too few or another
    one, or two neighbours swapped. Digits must be right, and a prefix that negates is no slip.
    """
    ours, theirs = fold(typed), fold(answer)
    letters = sum(map(str.isalpha, theirs))
    slips = (letters >= _ONE_SLIP) + (letters >= _TWO_SLIPS)
    if not slips or _digits(ours) != _digits(theirs) or _opposed(ours, theirs):
        return False
    return abs(len(ours) - len(theirs)) <= slips and _edits(ours, theirs) <= slips


def same_maths(typed: str, answer: str) -> bool:
    """Tell whether two formulas are spelt the same, but for spaces and keyboard spellings.

    >>> same_maths("sqrt(d_k)", "√(d_k)"), same_maths("A^2", "a²")
    (True, False)
    """
    return _formula(typed) == _formula(answer)


def _same_word(one: str, other: str) -> bool:
    return one == other or one in singulars(other) or other in singulars(one)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _opposed(one: str, other: str) -> bool:
    """Tell whether one text is the other one negated: symmetric, asymmetric."""
    short, long = sorted((one, other), key=len)
    return any(long == prefix + short for prefix in _NEGATIONS)


def _edits(one: str, other: str) -> int:
    """Return the edits between two texts: the optimal string alignment distance.

    L. Boytsov, Indexing Methods for Approximate Dictionary Searching, 2011, section 2.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, their in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != their))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == their:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _formula(text: str) -> str:
    return "".join(text.translate(_SIGNS).split())
