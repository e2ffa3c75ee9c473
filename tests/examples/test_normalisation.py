"""What the four normalisations average over."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.normalisation import norm_axes


def test_defaults_by_hand() -> None:
    """Means of the table by channel, by image, and by both."""
    results = norm_axes().results
    np.testing.assert_allclose(results["batch_mean"], [4.5, 4, 7, 2.5])
    np.testing.assert_allclose(results["layer_mean"], [2.75, 6.25])
    np.testing.assert_allclose(results["instance_mean"], [[2, 2, 6, 1], [7, 6, 8, 4]])
    np.testing.assert_allclose(results["group_mean"], [[2, 3.5], [6.5, 6]])


def test_groups_lead_from_layer_to_instance() -> None:
    """One group is layer norm, a group for each channel is instance norm."""
    x = np.random.default_rng(0).normal(size=(2, 4, 3, 2))
    for groups, same in ((1, "layer"), (4, "instance")):
        y = norm_axes(x=x, norm="group", groups=groups).results["y"]
        np.testing.assert_allclose(y, norm_axes(x=x, norm=same).results["y"], atol=1e-12)


def test_only_batch_norm_looks_at_other_images() -> None:
    """Another second image changes the first output of batch norm, and of no other norm."""
    x = np.array(norm_axes().inputs["x"])
    other = x.copy()
    other[1] += np.arange(16).reshape(4, 2, 2)
    for norm in ("batch", "layer", "instance", "group"):
        before, after = (np.asarray(norm_axes(x=v, norm=norm).results["y"]) for v in (x, other))
        assert np.array_equal(before[0], after[0]) == (norm != "batch")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"groups": "3"}, "groups=3 does not divide the 4 channels"),
        ({"norm": "weight"}, "norm: expected one of batch, layer, instance, group"),
        ({"x": "[[1]]"}, "x: expected a list nested 4 deep"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        norm_axes(**given)
    assert message in str(caught.value)
