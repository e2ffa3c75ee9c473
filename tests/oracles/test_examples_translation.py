"""Shifts against torch: convolutions with circular and zero padding, and max pooling."""

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.aliasing import aliasing
from nnquiz.examples.translation import equivariance, invariance


def image_and_kernel(random: np.random.Generator | None) -> dict[str, Any]:
    """A random image with a kernel of odd sides; none for the defaults."""
    if random is None:
        return {}
    kernel = random.normal(size=2 * random.integers(0, 3, 2) + 1)
    return {"x": random.normal(size=random.integers(5, 9, 2)), "kernel": kernel}


def convolve(images: torch.Tensor, kernel: torch.Tensor, padding: str) -> torch.Tensor:
    """Maps as large as their images, (n, 1, height, width), by F.conv2d."""
    high, wide = (size // 2 for size in kernel.shape)
    mode = {"circular": "circular", "zero": "constant"}[padding]
    padded = F.pad(images[:, None], (wide, wide, high, high), mode=mode)
    return F.conv2d(padded, kernel[None, None])


@pytest.mark.parametrize("padding", ["circular", "zero"])
def test_equivariance_equals_torch(padding: str) -> None:
    """Both orders of shift and convolution, by torch.roll and F.conv2d."""
    for random in generators():
        given = image_and_kernel(random)
        if random:
            given["shift"] = random.integers(-9, 9, 2)
        trace = equivariance(**given, padding=padding)
        x, kernel = (torch.tensor(np.array(trace.inputs[name])) for name in ("x", "kernel"))
        shift = tuple(np.asarray(trace.inputs["shift"]).tolist())
        late = torch.roll(convolve(x[None], kernel, padding)[0, 0], shift, (0, 1))
        early = convolve(torch.roll(x, shift, (0, 1))[None], kernel, padding)[0, 0]
        agree(trace, "conv_then_shift", late)
        agree(trace, "shift_then_conv", early)
        agree(trace, "diff", (late - early).abs().max())


@pytest.mark.parametrize("pool", ["max", "mean"])
@pytest.mark.parametrize("padding", ["circular", "zero"])
def test_invariance_equals_torch(pool: str, padding: str) -> None:
    """The pooled answer for every shift, by adaptive pooling to one cell."""
    pooling = F.adaptive_max_pool2d if pool == "max" else F.adaptive_avg_pool2d
    for random in generators():
        trace = invariance(**image_and_kernel(random), pool=pool, padding=padding)
        x, kernel = (torch.tensor(np.array(trace.inputs[name])) for name in ("x", "kernel"))
        shifts = [(a, b) for a in range(x.shape[0]) for b in range(x.shape[1])]
        images = torch.stack([torch.roll(x, shift, (0, 1)) for shift in shifts])
        by_shift = pooling(F.relu(convolve(images, kernel, padding)), 1).reshape(x.shape)
        agree(trace, "by_shift", by_shift)
        agree(trace, "pooled", by_shift[0, 0])


def test_aliasing_equals_torch() -> None:
    """F.max_pool1d for the pooling, and F.conv1d with circular padding for the blur."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            stride, taps = int(random.integers(1, 4)), 2 * int(random.integers(0, 3)) + 1
            given = {"x": random.normal(size=stride * random.integers(3, 6)), "stride": stride}
            given["taps"] = random.uniform(0.1, 2, taps)
        trace = aliasing(**given)
        stride = trace.params["stride"]
        x, taps = (torch.tensor(np.array(trace.inputs[name]))[None, None] for name in ("x", "taps"))
        side = taps.shape[2] // 2
        for signal, ending in ((x, ""), (torch.roll(x, -1, 2), "_shifted")):
            agree(trace, f"pooled{ending}", F.max_pool1d(signal, stride, stride)[0, 0])
            dense = F.max_pool1d(F.pad(signal, (0, stride - 1), mode="circular"), stride, 1)
            smooth = F.conv1d(F.pad(dense, (side, side), mode="circular"), taps / taps.sum())
            agree(trace, f"blurred{ending}", smooth[0, 0, ::stride])
