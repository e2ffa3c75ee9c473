"""Contrast, ELBO, soft clusters and masked words by hand, and what they refuse."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.clustering import deep_clustering
from nnquiz.examples.contrastive import nt_xent
from nnquiz.examples.example import Example
from nnquiz.examples.masked_language import masked_lm
from nnquiz.examples.variational import vae_elbo


def test_nt_xent_by_hand() -> None:
    """The first view: cosines 0.8, 0 and -0.6, over 0.5."""
    results = nt_xent().results
    first = math.log(1 + math.exp(-1.6) + math.exp(-2.8))
    assert np.asarray(results["losses"])[0] == pytest.approx(first)


def test_a_collapsed_representation_guesses() -> None:
    """Equal vectors cost the log of the number of others; lengths do not matter."""
    assert nt_xent(z=[[1, 0], [2, 0], [1, 0], [3, 0]]).results["loss"] == pytest.approx(math.log(3))


def test_a_low_temperature_does_not_overflow() -> None:
    """Logits of a thousand are as good as certain."""
    assert nt_xent(tau=0.001).results["loss"] == pytest.approx(0, abs=1e-80)


def test_the_prior_costs_nothing() -> None:
    """With mu 0 and log variance 0 the KL is 0; a perfect decoding costs only the constant."""
    prior = {"mu": [0], "log_var": [0], "eps": [1], "W": [[2]], "b": [1], "x": [3]}
    results = vae_elbo(**prior).results
    assert results["kl"] == 0
    assert results["elbo"] == pytest.approx(-math.log(2 * math.pi) / 2)


def test_vae_elbo_by_hand() -> None:
    """The KL of the default: half of 0.25 + e^0.2 - 1.2 and of 1 + e^-0.3 - 0.7."""
    results = vae_elbo(beta=2).results
    kl = (0.25 + math.exp(0.2) - 1.2 + 1 + math.exp(-0.3) - 0.7) / 2
    assert results["kl"] == pytest.approx(kl)
    assert results["elbo"] == pytest.approx(results["recon"] - 2 * kl)  # type: ignore[operator]


def test_deep_clustering_by_hand() -> None:
    """A point halfway between two centres is shared equally, and its target too."""
    results = deep_clustering(z=[[0], [2], [1]], mu=[[0], [2]]).results
    q, p = np.asarray(results["q"]), np.asarray(results["p"])
    np.testing.assert_allclose(q[2], [0.5, 0.5])
    np.testing.assert_allclose(q[0], [5 / 6, 1 / 6])
    np.testing.assert_allclose(p[0], [25 / 26, 1 / 26])
    assert results["kl"] == pytest.approx(
        2 * (25 / 26 * math.log(25 / 26 * 6 / 5) + 1 / 26 * math.log(6 / 26))
    )


def test_masked_lm_by_hand() -> None:
    """Equal logits over five words cost log 5, wherever and whatever the others are."""
    trace = masked_lm(logits=np.zeros((6, 5)))
    assert trace.results["loss"] == pytest.approx(math.log(5))
    assert trace.results["perplexity"] == pytest.approx(5)
    assert np.shape(trace.results["losses"]) == (2,)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (nt_xent, {"z": [[1, 0]] * 3}, "z has 3 rows; views come in pairs"),
        (nt_xent, {"z": [[1, 0], [0, 0]]}, "row 2 of z is 0 everywhere; it has no direction"),
        (nt_xent, {"tau": 0}, "tau: expected a number above 0; came 0"),
        (vae_elbo, {"eps": "1"}, "eps has 1 entries and mu has 2"),
        (vae_elbo, {"W": [[1, 2]]}, "W is 1 x 2; from 2 codes to 3 entries it is 3 x 2"),
        (vae_elbo, {"b": "1"}, "b has 1 entries and x has 3"),
        (vae_elbo, {"log_var": "800,0"}, "these numbers grow beyond what float64 holds"),
        (deep_clustering, {"mu": [[1]]}, "z has 2 columns and mu has 1; they lie in one space"),
        (masked_lm, {"mask": "1"}, "mask has 1 entries and tokens has 6 words"),
        (masked_lm, {"mask": "0,0,0,0,0,0"}, "mask hides no token"),
        (masked_lm, {"tokens": "a,b"}, "logits has 6 rows and tokens has 2 words"),
        (masked_lm, {"vocabulary": "a,b"}, "logits has 5 columns and vocabulary has 2 words"),
        (masked_lm, {"tokens": "the,dog,sat,on,the,mat"}, "dog: not in the vocabulary"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
