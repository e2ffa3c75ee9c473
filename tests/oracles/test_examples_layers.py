"""Dense and convolutional layers, and counts of parameters, against torch."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators, tensor
from torch import nn
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it
from torch.utils.flop_counter import FlopCounterMode

from nnquiz.examples.convolution import conv2d, conv_as_dense
from nnquiz.examples.dense import dense
from nnquiz.examples.parameter_counts import (
    capacity_table,
    head_count,
    param_count,
    transformer_block_params,
)


def size(module: nn.Module) -> int:
    """How many parameters a module has."""
    return sum(parameter.numel() for parameter in module.parameters())


def test_dense_equals_torch() -> None:
    """The output is F.linear's."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, features, outputs = random.integers(1, 7, 3)
            given = {"X": random.normal(size=(n, features)), "b": random.normal(size=outputs)}
            given["W"] = random.normal(size=(outputs, features))
        trace = dense(**given)
        x, w, b = (tensor(trace.inputs[name]) for name in ("X", "W", "b"))
        agree(trace, "y", F.linear(x, w, b))


@pytest.mark.parametrize(
    ("stride", "padding", "dilation"), [(1, 1, 1), (2, 1, 1), (1, 2, 2), (3, 0, 1)]
)
@pytest.mark.parametrize("groups", [1, 2])
def test_conv2d_equals_torch(stride: int, padding: int, dilation: int, groups: int) -> None:
    """The maps are F.conv2d's, on the defaults too where the groups allow it."""
    layout = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            seen, filters = random.integers(1, 3, 2)
            height, width = random.integers(1, 4, 2)
            given = {"x": random.normal(size=(seen * groups, *random.integers(5, 9, 2)))}
            given["weight"] = random.normal(size=(filters * groups, seen, height, width))
            given["bias"] = random.normal(size=filters * groups)
        elif groups > 1:
            continue
        trace = conv2d(**given, **layout)
        x, weight, bias = (tensor(trace.inputs[name]) for name in ("x", "weight", "bias"))
        agree(trace, "y", F.conv2d(x, weight, bias, **layout))


def test_conv_as_dense_equals_torch() -> None:
    """The map is F.conv2d of the picture, and the matrix its Jacobian by autograd."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            given["x"] = random.normal(size=random.integers(4, 9, 2))
            given["kernel"] = random.normal(size=random.integers(1, 5, 2))
        trace = conv_as_dense(**given)
        x, kernel = tensor(trace.inputs["x"]), tensor(trace.inputs["kernel"])
        wanted = F.conv2d(x[None], kernel[None, None])[0]
        agree(trace, "y", wanted)
        matrix = torch.autograd.functional.jacobian(
            lambda x, kernel=kernel: F.conv2d(x[None], kernel[None, None])[0], x
        )
        agree(trace, "matrix", matrix.reshape(wanted.numel(), x.numel()))


def test_counts_equal_numel() -> None:
    """Convolutions, dense layers, blocks and heads have the parameters that torch makes."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            groups = int(random.integers(1, 4))
            c_in, c_out = (int(n) * groups for n in random.integers(1, 9, 2))
            given = {"k": random.integers(1, 6), "c_in": c_in, "c_out": c_out, "groups": groups}
            given |= {"n_in": random.integers(1, 99), "n_out": random.integers(1, 99)}
        for bias in (True, False):
            trace = param_count(**given, bias=bias)
            k, c_in, c_out, groups, n_in, n_out = trace.inputs.values()
            conv = nn.Conv2d(c_in, c_out, k, groups=groups, bias=bias)  # type: ignore[arg-type]
            depthwise = nn.Conv2d(c_out, c_out, k, groups=c_out, bias=bias)  # type: ignore[arg-type]
            linear = nn.Linear(n_in, n_out, bias=bias)  # type: ignore[arg-type]
            agree(trace, "conv", size(conv))
            agree(trace, "dense", size(linear))
            agree(trace, "depthwise", size(depthwise))


def test_capacity_equals_torch() -> None:
    """Parameters by numel, activations by the outputs, operations by torch's counter."""
    for random in generators():
        widths = random.integers(1, 50, random.integers(2, 6)).tolist() if random else None
        trace = capacity_table(**({"widths": widths} if widths else {}))
        sizes = np.asarray(trace.inputs["widths"]).tolist()
        layers = nn.Sequential(*(nn.Linear(a, b) for a, b in pairwise(sizes)))
        agree(trace, "total", size(layers))
        agree(trace, "params", [size(layer) for layer in layers])
        with FlopCounterMode(display=False) as counter:
            layers(torch.zeros(1, sizes[0]))
        agree(trace, "total_flops", counter.get_total_flops())


def test_a_transformer_block_equals_torch() -> None:
    """TransformerEncoderLayer has as many parameters, in all and in its parts."""
    for random in generators():
        heads, share, ff = (int(n) for n in random.integers(1, 9, 3)) if random else (4, 16, 256)
        trace = transformer_block_params(d=heads * share, heads=heads, ff=ff)
        layer = nn.TransformerEncoderLayer(heads * share, heads, ff)
        agree(trace, "total", size(layer))
        agree(trace, "attention", size(layer.self_attn))
        agree(trace, "feed_forward", size(layer.linear1) + size(layer.linear2))
        agree(trace, "norms", size(layer.norm1) + size(layer.norm2))


def test_a_head_equals_torch() -> None:
    """The head is nn.Linear; LoRA is a pair of them without biases."""
    for random in generators():
        f, classes = (int(n) for n in random.integers(4, 99, 2)) if random else (2048, 10)
        trace = head_count(f=f, classes=classes, rank=3)
        agree(trace, "head", size(nn.Linear(f, classes)))
        low_rank = nn.Sequential(nn.Linear(f, 3, bias=False), nn.Linear(3, classes, bias=False))
        agree(trace, "lora", size(low_rank))
