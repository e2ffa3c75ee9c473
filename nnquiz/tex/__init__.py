r"""LaTeX for the terminal: a formula is parsed to a tree, and the tree is shown.

`parse` reads the LaTeX that formulas of machine learning are written in, and refuses everything
else with the column of the trouble; `linear` shows a tree as one line of Unicode that never
changes its meaning. The package stands alone: it imports nothing but the standard library.

What is read: groups, `\frac \dfrac \tfrac`, `\sqrt[n]{}`, scripts and primes, Greek, `\sum \prod
\int` and `\max \min \lim …` with limits, named functions and `\operatorname`, about a hundred
operators and relations, brackets with `\left … \right` or `\big`, absolute values and norms,
`\hat \bar \tilde \vec \dot \ddot \overline`, `\text \mathrm \mathbf \boldsymbol \mathcal
\mathbb`, `\underbrace`, `\xrightarrow`, and the environments `matrix bmatrix pmatrix vmatrix
cases aligned`.

>>> from nnquiz.tex import TexError, linear, parse
>>> linear(parse(r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V"))
'softmax(QKᵀ/√(dₖ))V'
>>> linear(parse(r"-\log \frac{e^{z_y}}{\sum_j e^{z_j}}"))
'-log(e^(z_y)/(∑ⱼ e^(zⱼ)))'
>>> try:
...     parse(r"\frac{1}{\simga}")
... except TexError as error:
...     print(error, error.column, error.token)
column 10: unknown command '\simga'; did you mean '\sigma'? 10 \simga
"""

from nnquiz.tex.errors import TexError
from nnquiz.tex.linear import linear
from nnquiz.tex.parser import parse
from nnquiz.tex.tree import Node

__all__ = ["Node", "TexError", "linear", "parse"]
