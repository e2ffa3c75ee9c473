r"""LaTeX for the terminal: a formula is parsed to a tree, and the tree is shown.

`parse` reads the LaTeX that formulas of machine learning are written in, and refuses everything
else with the column of the trouble. Five forms show a tree, and none changes its meaning: `linear`
on one line, `box` in two dimensions as a book would set it, `lines` as the box that a screen has
room for, `speech` in words, and `mathml` for a browser. The first three are there in Unicode and
in ASCII. The package stands alone: it imports nothing but the standard library, and what draws and
speaks only when it is called.

What is read: groups, `\frac \dfrac \tfrac`, `\sqrt[n]{}`, scripts and primes, Greek, `\sum \prod
\int` and `\max \min \lim …` with limits, named functions and `\operatorname`, about a hundred
operators and relations, brackets with `\left … \right` or `\big`, absolute values and norms,
`\hat \bar \tilde \vec \dot \ddot \overline`, `\text \mathrm \mathbf \boldsymbol \mathcal
\mathbb`, `\underbrace`, `\xrightarrow`, and the environments `matrix bmatrix pmatrix vmatrix
cases aligned`.

>>> from nnquiz.tex import TexError, lines, linear, parse, speech
>>> attention = parse(r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V")
>>> linear(attention)
'softmax(QKᵀ/√(dₖ))V'
>>> print(*lines(attention, 80), sep="\n")
       ⎛QKᵀ⎞
softmax⎜───⎟V
       ⎝√dₖ⎠
>>> linear(parse(r"-\log \frac{e^{z_y}}{\sum_j e^{z_j}}"), ascii=True)
'-log(e^{z_y}/(SUM_j e^{z_j}))'
>>> speech(parse(r"\hat y = \frac{1}{1 + e^{-z}}"))
'y hat equals the fraction 1 over 1 plus e to the power of minus z, end power, end fraction'
>>> try:
...     parse(r"\frac{1}{\simga}")
... except TexError as error:
...     print(error, error.column, error.token)
column 10: unknown command '\simga'; did you mean '\sigma'? 10 \simga
"""

from typing import TYPE_CHECKING

from nnquiz.tex.errors import TexError
from nnquiz.tex.linear import linear
from nnquiz.tex.parser import parse
from nnquiz.tex.tree import Node

if TYPE_CHECKING:
    from nnquiz.tex.boxes import Box

__all__ = ["Node", "TexError", "box", "linear", "lines", "mathml", "parse", "speech"]


def box(node: Node, *, ascii: bool = False) -> "Box":  # noqa: A002 -- the name of the form
    r"""Return a formula in two dimensions, however wide.

    Args:
        node: what `parse` returned.
        ascii: draw with the signs of a typewriter.

    Returns:
        Rows that are all equally wide in cells, and the index of the one that is the baseline.

    >>> drawn = box(parse(r"x = \frac{a + b}{2}"))
    >>> drawn.rows
    ('    a + b', 'x = ─────', '      2  ')
    >>> drawn.baseline
    1
    """
    from nnquiz.tex.drawing import prepared

    drawing, tree = prepared(node, ascii=ascii)
    return drawing.box(tree)


def lines(node: Node, width: int, *, ascii: bool = False) -> list[str]:  # noqa: A002 -- the form
    r"""Return a formula as displayed on a screen: lines without blanks at their ends.

    One box where it fits; else several, parted before relations and operators, the later ones
    indented; and where that is too wide as well, the linear form, folded.

    Args:
        node: what `parse` returned.
        width: the room in cells; a sign that is two cells wide needs two.
        ascii: draw with the signs of a typewriter.

    >>> loss = parse(r"L = -\frac{1}{n}\sum_{i=1}^n y_i\log p_i + \lambda\|w\|_2^2")
    >>> print(*lines(loss, 40), sep="\n")
           1   n
    L = - ───  ∑  yᵢ log pᵢ + λ‖w‖₂²
           n  i=1
    >>> print(*lines(loss, 26), sep="\n")
           1   n
    L = - ───  ∑  yᵢ log pᵢ
           n  i=1
    <BLANKLINE>
        + λ‖w‖₂²
    """
    from nnquiz.tex.display import displayed

    return displayed(node, width, ascii=ascii)


def speech(node: Node) -> str:
    r"""Return a formula in the words in which one would say it.

    What opens is closed in words as well ("end fraction", "end index"), so that nobody has to
    guess how far a fraction, a root, a sum or a script reaches; a plain "sub" is of one sign.

    >>> speech(parse(r"\theta_t = \theta_{t-1} - \eta \hat m_t"))
    'theta sub t equals theta with index t minus 1, end index, minus eta m hat sub t'
    """
    from nnquiz.tex.spoken import spoken

    return spoken(node)


def mathml(node: Node, *, display: bool = False) -> str:
    r"""Return a formula as an element of MathML Core, for a page that a browser shows.

    Args:
        node: what `parse` returned.
        display: whether it stands on a line of its own.

    Returns:
        One well-formed `math` element, with everything in it escaped.

    >>> print(mathml(parse(r"a < \frac{1}{n}")).partition(">")[2])
    <mi>a</mi><mo>&lt;</mo><mfrac><mn>1</mn><mi>n</mi></mfrac></math>
    """
    from nnquiz.tex.mathml import written

    return written(node, display=display)
