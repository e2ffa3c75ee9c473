"""Question 3: what batch, layer, instance and group normalisation average over."""

from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.batch_norm import Positive
from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number, operand
from nnquiz.examples.parameters import Batch, Whole, require
from nnquiz.examples.trace import Array, Step, Try, Working, same

# 2 images, 4 channels, 2 x 2 pixels; the second image is brighter.
IMAGES = np.array(
    [
        [[[1.0, 2], [3, 2]], [[0, 4], [2, 2]], [[5, 5], [6, 8]], [[1, 0], [0, 3]]],
        [[[5.0, 7], [9, 7]], [[4, 8], [6, 6]], [[9, 9], [8, 6]], [[2, 5], [4, 5]]],
    ]
)

Norm = Literal["batch", "layer", "instance", "group"]
Groups = Annotated[int, Whole(1, 100)]

# For each normalisation what it averages over, as a formula, and what to see in it.
_MEANS = {
    "batch": (r"\mu_c = \frac{1}{N H W} \sum_{n,h,w} x_{nchw}", r"\mu_1", "One for each channel"),
    "layer": (r"\mu_n = \frac{1}{C H W} \sum_{c,h,w} x_{nchw}", r"\mu_1", "One for each image"),
    "instance": (
        r"\mu_{nc} = \frac{1}{H W} \sum_{h,w} x_{nchw}",
        r"\mu_{11}",
        "One for each channel of each image",
    ),
    "group": (
        r"\mu_{ng} = \frac{G}{C H W} \sum_{c \in g} \sum_{h,w} x_{nchw}",
        r"\mu_{11}",
        "One for each group of channels of each image",
    ),
}
_SEES = {
    "batch": "the images of a batch depend on each other.",
    "layer": "the rest of the batch does not matter.",
    "instance": "its contrast is taken away.",
    "group": "between layer and instance norm.",
}


@example
def norm_axes(
    *, x: Batch = IMAGES, groups: Groups = 2, norm: Norm = "batch", eps: Positive = 1e-5
) -> Working:
    """The means of four normalisations, over different axes, and the outputs of one of them.

    x is (images, channels, height, width); no scale and shift are learned.
    """
    images, channels = x.shape[:2]
    given = f"groups={groups} does not divide the {channels} channels"
    require(channels % groups == 0, given)

    grouped = x.reshape(images, groups, channels // groups, *x.shape[2:])  # (n, g, c / g, h, w)
    views = {
        "batch": (x, (0, 2, 3)),
        "layer": (x, (1, 2, 3)),
        "instance": (x, (2, 3)),
        "group": (grouped, (2, 3, 4)),
    }
    means = {name: view.mean(axis=axes) for name, (view, axes) in views.items()}
    variances = {name: view.var(axis=axes) for name, (view, axes) in views.items()}
    view, over = views[norm]
    centre = view.mean(axis=over, keepdims=True)
    spread = view.var(axis=over, keepdims=True)
    y = ((view - centre) / np.sqrt(spread + eps)).reshape(x.shape)

    firsts = {"batch": x[:, 0], "layer": x[0], "instance": x[0, 0], "group": grouped[0, 0]}
    by_image = tuple(f"image {i}" for i in range(1, images + 1))
    by_channel = tuple(f"channel {i}" for i in range(1, channels + 1))
    by_group = tuple(f"group {i}" for i in range(1, groups + 1))
    names = {
        "batch": (by_channel,),
        "layer": (by_image,),
        "instance": (by_image, by_channel),
        "group": (by_image, by_group),
    }
    scale = np.abs(x).max() / np.sqrt(float(spread.min()) + eps)
    return Working(
        inputs={"x": x},
        steps=(
            *(_mean(name, means[name], firsts[name]) for name in views),
            Step(
                "y",
                r"y = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}",
                rf"y_{{1111}} = \frac{{{number(x[0, 0, 0, 0])} - {operand(centre.flat[0])}}}"
                rf"{{\sqrt{{{number(spread.flat[0])} + {number(eps)}}}}} "
                f"{equals(y[0, 0, 0, 0])}",
                y,
                f"Normalised by the {norm} norm; choose another with --set norm=layer.",
            ),
        ),
        results={
            **{f"{name}_mean": mean for name, mean in means.items()},
            **{f"{name}_var": variance for name, variance in variances.items()},
            "y": y,
        },
        axes={
            **dict.fromkeys(("x", "y"), (by_image, by_channel, (), ())),
            **{f"{name}_mean": names[name] for name in views},
            **{f"{name}_var": names[name] for name in views},
        },
        invariants=(
            same(
                "instance means average to the batch's and to the layer's",
                np.concatenate([means["instance"].mean(axis=0), means["instance"].mean(axis=1)]),
                np.concatenate([means["batch"], means["layer"]]),
                scale=np.abs(x).max(),
            ),
            same(
                f"y has mean 0 over the axes of the {norm} norm",
                y.reshape(view.shape).mean(axis=over),
                0.0,
                scale=scale,
            ),
        ),
        conventions=(
            "All four divide by the root of the biased variance plus eps.",
            "In transformers layer norm averages over the features of each token alone.",
            "One group is layer norm here; as many groups as channels are instance norm.",
        ),
        tries=(
            Try(("norm=layer",), "the brighter image loses its lead"),
            Try(("norm=group", "groups=4"), "as many groups as channels: instance norm"),
            Try(("norm=group", "groups=1"), "one group: layer norm"),
        ),
    )


def _mean(name: str, mean: Array, first: Array) -> Step:
    formula, symbol, what = _MEANS[name]
    written = rf"{symbol} = \frac{{{addition(first.ravel())}}}{{{first.size}}}"
    return Step(
        f"{name}_mean",
        formula,
        f"{written} {equals(mean.flat[0])}",
        mean,
        f"{what}, over {first.size} numbers: {_SEES[name]}",
    )
