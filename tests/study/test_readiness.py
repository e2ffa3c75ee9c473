"""How ready: the belief about a memory, and the interval around a share."""

import numpy as np
import pytest

from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS, retrievability
from nnquiz.study.past import Trial
from nnquiz.study.readiness import (
    D_SPREAD,
    M_SPREAD,
    Memories,
    chances,
    draw,
    expected_share,
    foretell,
    posterior,
    prior,
    recall,
    remembered,
)


def trial(day: int, elapsed: int, stability: float, recalled: bool) -> Trial:
    """Return a long-term review."""
    return Trial("b/q/one", day, elapsed, stability, recalled, day)


def answers_of(m: float, count: int, seed: int = 0) -> list[Trial]:
    """Return reviews of somebody whose memories last `m` times as long as FSRS-6 says."""
    random = np.random.default_rng(seed)
    found = []
    for number in range(count):
        stability = float(random.uniform(2, 30))
        elapsed = int(random.integers(1, 40))
        chance = retrievability(elapsed, m * stability)
        found.append(trial(number // 20, elapsed, stability, bool(random.random() < chance)))
    return found


def cards(count: int, unseen: int = 0) -> Memories:
    """Return cards of various stabilities, some never answered."""
    elapsed = np.arange(count, dtype=float) % 23
    stability = 1.0 + np.arange(count) % 31
    stability[:unseen] = np.nan
    nothing = np.zeros(count)
    return Memories(elapsed, stability, np.full(count, 0.1), nothing, nothing, np.ones(count))


def test_recall_is_that_of_the_memory_model() -> None:
    """With m = 1 and d = w20 it is FSRS-6; a time before the answer counts as 0."""
    for days in (-3, 0, 1, 7, 200):
        for stability in (0.1, 2.3, 70.0):
            ours = recall(np.array(float(days)), np.array(stability), 1.0, DEFAULT_WEIGHTS[20])
            assert float(ours) == pytest.approx(retrievability(days, stability), rel=1e-12)


def test_the_prior_has_the_spreads_that_it_names() -> None:
    """Its means are 1 and w20 on a logarithmic scale, its deviations those of the module."""
    belief = prior()
    log_m, log_d = np.log(belief.m), np.log(belief.d / DEFAULT_WEIGHTS[20])
    assert belief.weight.sum() == pytest.approx(1)
    assert belief.weight @ log_m == pytest.approx(0, abs=1e-12)
    assert belief.weight @ log_d == pytest.approx(0, abs=1e-12)
    # The grid ends at two and a half deviations, which takes a little off.
    assert np.sqrt(belief.weight @ log_m**2) == pytest.approx(M_SPREAD, rel=0.05)
    assert np.sqrt(belief.weight @ log_d**2) == pytest.approx(D_SPREAD, rel=0.05)


@pytest.mark.parametrize("m", [0.5, 1.0, 2.0])
def test_many_reviews_show_how_long_memories_last(m: float) -> None:
    """After two thousand reviews the belief about m is close to the truth."""
    belief = posterior(answers_of(m, 2000))
    assert np.exp(belief.weight @ np.log(belief.m)) == pytest.approx(m, rel=0.25)


def test_draws_are_spread_like_the_belief() -> None:
    """Drawn people have the mean and the deviation of the belief, a cell's width apart."""
    belief = posterior(answers_of(1.5, 100))
    m, d = draw(belief, np.random.default_rng(7), 20_000)
    assert m.shape == d.shape == (20_000,)
    mean = belief.weight @ np.log(belief.m)
    variance = belief.weight @ (np.log(belief.m) - mean) ** 2 + belief.widths[0] ** 2 / 12
    assert np.log(m).mean() == pytest.approx(mean, abs=0.01)
    assert np.log(m).var() == pytest.approx(variance, rel=0.05)
    assert np.log(d).mean() == pytest.approx(belief.weight @ np.log(belief.d), abs=0.01)


def test_draws_follow_from_the_generator() -> None:
    """The same generator draws the same people."""
    one, other = (draw(prior(), np.random.default_rng(3), 5) for _ in range(2))
    assert np.array_equal(one, other)


def test_few_draws_stand_for_the_belief_as_well() -> None:
    """Twenty people recall in the mean what the belief does, because they are spread evenly."""
    belief = prior()
    twenty = [draw(belief, np.random.default_rng(seed), 20) for seed in range(200)]
    means = np.array([recall(np.array([9.0]), np.array([3.0]), *who).mean() for who in twenty])
    expected = float(belief.weight @ recall(np.array(9.0), np.array(3.0), belief.m, belief.d))
    assert means.mean() == pytest.approx(expected, abs=0.003)
    assert means.std() < 0.01


def test_doubt_about_what_is_known_unseen_widens_the_interval() -> None:
    """Its ends are those of chances that are drawn for each family, and of coins tossed."""
    deck = cards(60, unseen=60)
    family = np.repeat([1.0, 2.0], 30)
    unsure = deck._replace(unseen=np.full(60, 0.4), doubt=np.full(60, 0.12), family=family)
    share = expected_share(unsure, prior())
    random = np.random.default_rng(6)
    a = 0.4 * (0.4 * 0.6 / 0.12**2 - 1)  # of the Beta distribution with that mean and deviation
    chance = np.repeat(random.beta(a, 1.5 * a, (40_000, 2)), 30, axis=1)
    tossed = (random.random(chance.shape) < chance).mean(axis=1)
    assert share.expected == pytest.approx(0.4)
    assert share.low == pytest.approx(np.quantile(tossed, 0.1), abs=0.01)
    assert share.high == pytest.approx(np.quantile(tossed, 0.9), abs=0.01)


def test_the_interval_is_that_of_tosses_of_coins() -> None:
    """Its ends are the 10th and the 90th percentile of people drawn and coins tossed."""
    deck, belief = cards(120, unseen=20), posterior(answers_of(1.0, 200))
    share = expected_share(deck, belief)
    random = np.random.default_rng(5)
    at = random.choice(belief.weight.size, size=20_000, p=belief.weight)
    chance = recall(deck.elapsed, deck.stability, belief.m[at, None], belief.d[at, None])
    chance = np.where(np.isnan(chance), 0.1, chance)
    tossed = (random.random(chance.shape) < chance).mean(axis=1)
    assert share.expected == pytest.approx(tossed.mean(), abs=0.003)
    assert share.low == pytest.approx(np.quantile(tossed, 0.1), abs=0.01)
    assert share.high == pytest.approx(np.quantile(tossed, 0.9), abs=0.01)


def test_weights_count() -> None:
    """A card of weight 3 counts as three, and one of weight 0 not at all."""
    deck = cards(3, unseen=1)
    heavy = expected_share(deck._replace(weight=np.array([3.0, 1.0, 0.0])), prior()).expected
    assert heavy == pytest.approx((3 * 0.1 + chances(deck, prior())[1]) / 4)


def test_nothing_seen_is_nothing_known() -> None:
    """Cards that were never answered count what is said of them: nothing, unless it is more."""
    nothing = remembered([None, CardState("b/q/one")], 20)
    assert expected_share(nothing, prior()) == (0.0, 0.0, 0.0)
    assert expected_share(cards(10, unseen=10), prior()).expected == pytest.approx(0.1)


def test_what_is_remembered_on_a_day() -> None:
    """A card counts the days since its last answer, never less than none."""
    one = CardState("b/q/one", stability=3.0, difficulty=5.0, day=10, due=13)
    assert remembered([one], 15).elapsed.tolist() == [5.0]
    assert remembered([one], 15).stability.tolist() == [3.0]
    assert remembered([one], 9).elapsed.tolist() == [0.0]
    assert remembered([], 9).weight.size == 0


def test_widening_stretches_and_stays_within_bounds() -> None:
    """A widened interval holds the plain one and never leaves 0 to 1."""
    deck = cards(40, unseen=5)
    plain, wide = (expected_share(deck, prior(), wider=by) for by in (1.0, 1.5))
    assert wide.low < plain.low < plain.expected < plain.high < wide.high
    huge = expected_share(deck, prior(), wider=100.0)
    assert (huge.low, huge.high) == (0.0, 1.0)


def test_forecasts_look_back_only() -> None:
    """What comes later changes no forecast, and neither does the outcome on the same day."""
    past = answers_of(0.5, 100)
    said = foretell(past)
    turned = [one._replace(recalled=not one.recalled) for one in past[-20:]]
    assert np.array_equal(foretell([*past[:-20], *turned]), said)
    assert np.array_equal(foretell(past[:60]), said[:60])


def test_the_first_day_is_foretold_from_the_prior() -> None:
    """Before anything is known the forecast is the mean over the prior."""
    one = trial(5, 4, 3.0, True)
    belief = prior()
    expected = belief.weight @ recall(np.array(4.0), np.array(3.0), belief.m, belief.d)
    assert foretell([one]) == pytest.approx([expected])
    assert foretell([]).size == 0
