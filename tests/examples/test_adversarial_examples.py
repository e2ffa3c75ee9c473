"""Style loss, GAN losses, the best discriminator, FID and cycle loss by hand."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.adversarial import gan_losses, optimal_discriminator
from nnquiz.examples.example import Example
from nnquiz.examples.generation import cycle_loss, frechet
from nnquiz.examples.style import gram_style_loss


def test_gram_style_loss_by_hand() -> None:
    """Two entries differ by 4: 32 over 4·3²·16²."""
    assert gram_style_loss().results["loss"] == pytest.approx(32 / (4 * 9 * 256))
    mean = gram_style_loss(normaliser="mean").results["loss"]
    assert mean == pytest.approx(2 * (4 / 48) ** 2 / 9)


def test_a_sure_discriminator_starves_the_minimax_generator() -> None:
    """At D = 0.01 the non-saturating gradient is 99 times the minimax one, at 1/2 the same."""
    sure = np.asarray(gan_losses(fake=[math.log(0.01 / 0.99)]).results["g_grad"])
    assert sure[1, 0] / sure[0, 0] == pytest.approx(99)
    unsure = gan_losses(real=[0], fake=[0]).results
    assert np.asarray(unsure["d_loss"])[0] == pytest.approx(2 * math.log(2))
    assert np.asarray(unsure["g_grad"])[0, 0] == np.asarray(unsure["g_grad"])[1, 0] == -0.5


def test_large_logits_do_not_overflow() -> None:
    """A loss of a very sure discriminator is a large number, not infinity."""
    results = gan_losses(real=[-500], fake=[500]).results
    assert np.asarray(results["d_loss"])[0] == pytest.approx(1000)


def test_the_best_discriminator_measures_the_jsd() -> None:
    """Equal p and q give -log 4, which is published; distributions that never meet give 0."""
    assert optimal_discriminator(q=".5,.3,.2").results["V"] == pytest.approx(-1.38629, abs=5e-6)
    apart = optimal_discriminator(p="1,0", q="0,3").results
    assert apart["V"] == 0
    assert apart["jsd"] == pytest.approx(math.log(2))
    np.testing.assert_array_equal(apart["D"], [1, 0])


def test_frechet_by_hand() -> None:
    """In one dimension it is the squared gaps of means and of standard deviations."""
    one = frechet(mu_1="1", C_1="[[4]]", mu_2="3", C_2="[[9]]").results
    assert one["fid"] == pytest.approx((1 - 3) ** 2 + (2 - 3) ** 2)
    assert frechet(mu_2="0,0", C_2="[[2,0],[0,1]]").results["fid"] == pytest.approx(0, abs=1e-14)


def test_cycle_loss_by_hand() -> None:
    """The mean gaps are 0.05 and 0.1; a swap and its inverse leave none."""
    assert cycle_loss().results["loss"] == pytest.approx(10 * (0.05 + 0.1))
    swap = [[0, 1], [1, 0]]
    assert cycle_loss(G=swap, F=swap).results["loss"] == 0


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (gram_style_loss, {"F": [[[1]]]}, "F has 1 channels and S has 3; they come from one layer"),
        (gram_style_loss, {"S": [[[1]]] * 3}, "F is 4 x 4 and S is 1 x 1; `gatys` needs"),
        (gram_style_loss, {"normaliser": "sum"}, "expected one of gatys, mean; came 'sum'"),
        (optimal_discriminator, {"p": "1,1"}, "p has 2 entries and q has 3"),
        (optimal_discriminator, {"p": "0,0,0"}, "p or q is 0 everywhere"),
        (optimal_discriminator, {"p": "1,0,1", "q": "1,0,1"}, "p and q are both 0 at entry 2"),
        (optimal_discriminator, {"p": "1,-1,1"}, "at least 0; came -1"),
        (frechet, {"mu_2": "1"}, "mu_1 has 2 entries and mu_2 has 1"),
        (frechet, {"C_1": "[[1]]"}, "C_1 is 1 x 1; means of 2 entries need 2 x 2"),
        (frechet, {"C_2": "[[1, 2], [0, 1]]"}, "C_2 is not symmetric"),
        (frechet, {"C_2": "[[1, 2], [2, 1]]"}, "C_2 has the eigenvalue -1; no variance is"),
        (cycle_loss, {"G": [[1, 2]]}, "G is 1 x 2; from 2 to 2 entries it is 2 x 2"),
        (cycle_loss, {"lam": -1}, "lam: expected a number from 0 to 1e+06; came -1"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
