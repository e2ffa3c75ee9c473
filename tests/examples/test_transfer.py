"""Linear probes and frozen layers."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.transfer import freeze_mask, linear_probe


def test_the_probe_is_least_squares_on_padded_rows() -> None:
    """Ridge is least squares with √λ I below Z and zeros below y."""
    trace = linear_probe()
    z, y = trace.inputs["Z"], trace.inputs["y"]
    padded = np.vstack([z, np.sqrt(0.5) * np.eye(3)])
    wanted = np.linalg.lstsq(padded, np.concatenate([y, np.zeros(3)]), rcond=None)[0]
    np.testing.assert_allclose(trace.results["w"], wanted, rtol=1e-12)


def test_a_stronger_penalty_gives_smaller_weights_and_a_worse_fit() -> None:
    """From next to nothing to a hundred, the norm falls and the error grows."""
    runs = [linear_probe(lam=lam).results for lam in (1e-6, 1, 10, 100)]
    norms = [float(np.linalg.norm(np.asarray(run["w"]))) for run in runs]
    assert norms == sorted(norms, reverse=True)
    errors = [float(run["mse"]) for run in runs]
    assert errors == sorted(errors)


def test_frozen_weights_of_the_head_stay_at_zero() -> None:
    """What is left is the ridge regression on the other features."""
    z = np.asarray(linear_probe().inputs["Z"])
    found = np.asarray(linear_probe(frozen="0,1,0").results["w"])
    assert found[1] == 0
    np.testing.assert_allclose(found[[0, 2]], linear_probe(Z=z[:, [0, 2]]).results["w"])


@pytest.mark.parametrize("train", ["head", "backbone", "all", "none"])
def test_only_what_is_trained_moves(train: str) -> None:
    """A frozen layer keeps every digit; a trained one goes lr against its gradient."""
    trace = freeze_mask(train=train)
    for name, moved in (("W1", train in {"backbone", "all"}), ("W2", train in {"head", "all"})):
        after, gradient = trace.results[f"{name}_after"], trace.results[f"d{name}"]
        wanted = trace.inputs[name] - 0.1 * moved * np.asarray(gradient)
        np.testing.assert_array_equal(after, wanted)
    assert (trace.results["loss_after"] < trace.results["loss"]) is (train != "none")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (linear_probe, {"y": "1,2"}, "Z has 20 rows and y 2 entries; each row has its target"),
        (linear_probe, {"frozen": "1,0"}, "frozen has 2 entries and Z 3 columns"),
        (linear_probe, {"frozen": "1,1,1"}, "frozen marks all features; leave one to learn"),
        (linear_probe, {"lam": "0"}, "lam: expected a number from 1e-06 to 1e+06; came 0"),
        (linear_probe, {"Z": "[[1e8, 1e8]]", "y": "1", "lam": "1e-6"}, "the features repeat each"),
        (freeze_mask, {"x": "[[1]]"}, "W1 has 2 columns and x 1; each input has its weight"),
        (freeze_mask, {"W2": "[[1]]"}, "W2 has 1 columns and W1 3 rows"),
        (freeze_mask, {"y": "[[1]]"}, "y is 1 x 1; expected 3 x 1: a target each"),
        (freeze_mask, {"train": "W1"}, "train: expected one of head, backbone, all, none"),
    ],
)
def test_what_does_not_fit_is_refused(example: Any, given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
