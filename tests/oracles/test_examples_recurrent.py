"""The recurrent examples of questions 6 and 13 against torch."""
# ruff: noqa: N806 -- W, E and T are the names of the formulas

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators, tensor

from nnquiz.examples.bidirectional import birnn, birnn_summary_trap
from nnquiz.examples.example import Example
from nnquiz.examples.recurrent import bptt_jacobian, order_matters, rnn_unroll


def network(*cells: tuple[Any, Any, Any, Any]) -> torch.nn.RNN:
    """A torch network with the weights W_ih, W_hh, b_ih, b_hh of one direction or two."""
    h, d = np.shape(cells[0][0])
    made = torch.nn.RNN(d, h, bidirectional=len(cells) == 2, dtype=torch.float64)
    with torch.no_grad():
        for weight, value in zip(
            made.parameters(), (part for cell in cells for part in cell), strict=True
        ):
            weight.copy_(tensor(value))
    return made


def shapes(random: np.random.Generator) -> tuple[int, int, int]:
    """Random numbers of steps, inputs and units."""
    return int(random.integers(1, 9)), int(random.integers(1, 5)), int(random.integers(1, 6))


def test_rnn_unroll_equals_torch() -> None:
    """Every hidden state is that of nn.RNN with its two biases."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            T, d, h = shapes(random)
            given = {"x": random.normal(size=(T, d)), "W_ih": random.normal(size=(h, d))}
            given |= {"W_hh": random.normal(size=(h, h)), "h_0": random.normal(size=h)}
            given |= {"b_ih": random.normal(size=h), "b_hh": random.normal(size=h)}
        trace = rnn_unroll(**given)
        rnn = network(tuple(trace.inputs[name] for name in ("W_ih", "W_hh", "b_ih", "b_hh")))
        h, last = rnn(tensor(trace.inputs["x"]), tensor(trace.inputs["h_0"])[None])
        agree(trace, "h", h.detach())
        agree(trace, "h_T", last[0].detach())


@pytest.mark.parametrize("radius", [0.3, 0.9, 1.5])
def test_bptt_jacobian_equals_autograd(radius: float) -> None:
    """The gradient of g · h_T with respect to h_0 and the Jacobians are autograd's."""
    for random in generators():
        given: dict[str, Any] = {"radius": radius}
        if random:
            T, d, h = shapes(random)
            given |= {"x": random.normal(size=(T, d)), "W_ih": random.normal(size=(h, d))}
            given |= {"W_hh": random.normal(size=(h, h)), "b": random.normal(size=h)}
            given |= {"h_0": random.normal(size=h), "g": random.normal(size=h)}
        trace = bptt_jacobian(**given)
        W_hh = tensor(trace.inputs["W_hh"])
        W = W_hh * radius / torch.linalg.eigvals(W_hh).abs().max()
        rnn = network((trace.inputs["W_ih"], W.numpy(), trace.inputs["b"], np.zeros(len(W))))
        h_0 = tensor(trace.inputs["h_0"])[None].requires_grad_()
        h, last = rnn(tensor(trace.inputs["x"]), h_0)
        (gradient,) = torch.autograd.grad(last[0] @ tensor(trace.inputs["g"]), h_0)
        agree(trace, "h", h.detach())
        agree(trace, "gradient", gradient[0])

        x = tensor(trace.inputs["x"])
        states = torch.cat([h_0, h]).detach()
        jacobians = [
            torch.autograd.functional.jacobian(
                lambda before, t=t: rnn(x[t : t + 1], before[None])[1][0],  # noqa: B023 -- used at once
                states[t],
            )
            for t in range(len(x))
        ]
        agree(trace, "jacobians", torch.stack(jacobians))
        product = torch.eye(len(W), dtype=torch.float64)
        norms = [1.0]
        for jacobian in reversed(jacobians):
            product = product @ jacobian
            norms.append(torch.linalg.matrix_norm(product, 2).item())
        agree(trace, "norms", norms)


def test_order_matters_equals_torch() -> None:
    """The last states are nn.RNN's; the bags of the same words are equal in any order."""
    for random in generators():
        given: dict[str, Any] = {}
        words = ["dog", "bites", "man"]
        if random:
            n = int(random.integers(1, 6))
            _, d, h = shapes(random)
            words = [f"w{i}" for i in range(n)]
            given = {"first": words, "second": random.permutation(words).tolist()}
            given |= {"E": random.normal(size=(n, d)), "W_ih": random.normal(size=(h, d))}
            given |= {"W_hh": random.normal(size=(h, h)), "b": random.normal(size=h)}
        trace = order_matters(**given)
        E, b = tensor(trace.inputs["E"]), np.asarray(trace.inputs["b"])
        rnn = network((trace.inputs["W_ih"], trace.inputs["W_hh"], b, np.zeros(len(b))))
        for name in ("first", "second"):
            x = E[[words.index(word) for word in trace.params[name]]]
            agree(trace, f"h_{name}", rnn(x)[1][0].detach())
        agree(trace, "bags", E[: len(words)].sum(0).expand(2, -1))
        agree(trace, "bag_difference", 0)


@pytest.mark.parametrize("example", [birnn, birnn_summary_trap])
def test_bidirectional_examples_equal_torch(example: Example) -> None:
    """Outputs, h_n, the trap and the summary are what nn.RNN(bidirectional=True) returns."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            T, d, h = shapes(random)
            given = {"x": random.normal(size=(T, d))}
            for end in ("", "_back"):
                given |= {f"W_ih{end}": random.normal(size=(h, d))}
                given |= {
                    f"W_hh{end}": random.normal(size=(h, h)),
                    f"b{end}": random.normal(size=h),
                }
        trace = example(**given)
        no_bias = np.zeros(np.size(trace.inputs["b"]))
        cells = [
            (*(trace.inputs[f"{name}{end}"] for name in ("W_ih", "W_hh", "b")), no_bias)
            for end in ("", "_back")
        ]
        outputs, h_n = network(*cells)(tensor(trace.inputs["x"]))
        if example is birnn:
            agree(trace, "outputs", outputs.detach())
            agree(trace, "h_n", h_n.detach())
        else:
            agree(trace, "trap", outputs[-1].detach())
            summary = torch.cat([h_n[-2], h_n[-1]], dim=-1)
            agree(trace, "summary", summary)
            agree(trace, "difference", outputs[-1] - summary)
