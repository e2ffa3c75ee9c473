"""Question 18: the Gram-matrix loss of neural style transfer."""
# ruff: noqa: N803, N806 -- F, S, G, A, N and M are the names of Gatys et al.

from typing import Literal

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, operand
from nnquiz.examples.parameters import Stack, require
from nnquiz.examples.trace import Array, Step, Try, Working, same

# Three channels of 4 x 4: upright stripes, level stripes, a spot.
IMAGE = np.array(
    [
        [[1.0, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0]],
        [[1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]],
        [[0, 0, 0, 0], [0, 2, 2, 0], [0, 2, 2, 0], [0, 0, 0, 0]],
    ]
)
# Stripes in both that fall together, and the spot moved into a corner.
STYLE = np.array(
    [
        [[1.0, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0]],
        [[1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0]],
        [[2, 2, 0, 0], [2, 2, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    ]
)

Normaliser = Literal["gatys", "mean"]


@example
def gram_style_loss(
    *, F: Stack = IMAGE, S: Stack = STYLE, normaliser: Normaliser = "gatys"
) -> Working:
    """The style loss of one layer: how far apart two Gram matrices are.

    F are the features of the image, S those of the style, each (channels, height, width). `gatys`
    is equation 4 of Gatys, Ecker and Bethge (2016); `mean` divides each Gram matrix by all its
    features and takes the mean of the squares, as much code does.
    """
    given = f"F has {len(F)} channels and S has {len(S)}; they come from one layer"
    require(len(F) == len(S), given)
    same_size = f"F is {_size(F)} and S is {_size(S)}; `gatys` needs as many places in both"
    require(normaliser == "mean" or F[0].size == S[0].size, same_size)

    N, M = len(F), F[0].size
    flat, flat_style = F.reshape(N, -1), S.reshape(N, -1)  # (N, M)
    G, A = flat @ flat.T, flat_style @ flat_style.T  # (N, N)
    if normaliser == "gatys":
        loss = ((G - A) ** 2).sum() / (4 * N**2 * M**2)
    else:
        loss = ((G / flat.size - A / flat_style.size) ** 2).mean()

    channels = tuple(f"c{i}" for i in range(1, N + 1))
    grid = (channels, channels)
    reversed_ = flat[:, ::-1]
    return Working(
        inputs={"F": F, "S": S},
        steps=(
            Step(
                "flat",
                r"F_{c,\,(y,x)} \to F_{ck}, \quad k = (y - 1) w + x",
                f"({N}, {F.shape[1]}, {F.shape[2]}) \\to ({N}, {M})",
                flat,
                "Each channel's map is laid out in a row.",
            ),
            Step(
                "G",
                r"G_{ij} = \sum_k F_{ik} F_{jk}",
                f"G_{{{N}1}} = {_product(flat[-1], flat[0], G[-1, 0])}",
                G,
                "Which channels of the image fire together, wherever that is.",
            ),
            Step(
                "A",
                r"A_{ij} = \sum_k S_{ik} S_{jk}",
                f"A_{{{N}1}} = {_product(flat_style[-1], flat_style[0], A[-1, 0])}",
                A,
                "The same for the style.",
            ),
            Step(
                "difference",
                r"\Delta_{ij} = G_{ij} - A_{ij}",
                rf"\Delta_{{{N}1}} = {number(G[-1, 0])} - {operand(A[-1, 0])} "
                f"{equals(G[-1, 0] - A[-1, 0])}",
                G - A,
                "Where texture differs: pairs of channels that go together in one image only.",
            ),
            _loss(G, A, (flat.size, flat_style.size), loss, normaliser),
        ),
        results={"G": G, "A": A, "loss": loss},
        axes={
            "F": (channels, (), ()),
            "S": (channels, (), ()),
            "flat": (channels, ()),
            **dict.fromkeys(("G", "A", "difference"), grid),
        },
        invariants=(
            same("a Gram matrix is symmetric", G, G.T),
            same(
                "moving all places alike changes no Gram matrix",
                reversed_ @ reversed_.T,
                G,
                scale=np.diag(G).max(),
            ),
        ),
        conventions=(
            "gatys: the sum over 4 N² M², for N channels of M places; the layers' sum is weighed.",
            "mean: Gram matrices over N M, then the mean of the squares; so is PyTorch's tutorial.",
        ),
        tries=(
            Try(("normaliser=mean",), "another constant, another weight to choose"),
            Try(("F=[[[0,1],[0,1]]]", "S=[[[1,1],[0,0]]]"), "stripes turned: the same style"),
        ),
    )


def _loss(G: Array, A: Array, sizes: tuple[int, int], loss: float, normaliser: Normaliser) -> Step:
    N, M = len(G), sizes[0] // len(G)
    if normaliser == "gatys":
        formula = r"L = \frac{1}{4 N^2 M^2} \sum_{ij} (G_{ij} - A_{ij})^2"
        squares = number(((G - A) ** 2).sum())
        written = rf"L = \frac{{1}}{{4 \cdot {N}^2 \cdot {M}^2}} \cdot {squares}"
    else:
        formula = r"L = \frac{1}{N^2} \sum_{ij} (\frac{G_{ij}}{N M} - \frac{A_{ij}}{N M_S})^2"
        squares = number(((G / sizes[0] - A / sizes[1]) ** 2).sum())
        written = rf"L = \frac{{1}}{{{N}^2}} \cdot {squares}"
    note = "One number for one layer; its gradient changes pixels, not weights."
    return Step("loss", formula, f"{written} {equals(loss)}", loss, note)


def _product(left: Array, right: Array, value: float) -> str:
    return f"{dot(left, right)} {equals(value)}"


def _size(F: Array) -> str:
    return f"{F.shape[1]} x {F.shape[2]}"
