"""The first examples: their numbers, their invariants and what they refuse."""

import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnquiz.errors import BadInput
from nnquiz.examples.attention import attention, softmax
from nnquiz.examples.batch_norm import batchnorm_eval, batchnorm_train
from nnquiz.examples.catalogue import ENTRIES, load
from nnquiz.examples.example import Example, run_each
from nnquiz.examples.metrics import confusion, regression_metrics, roc_auc
from nnquiz.examples.neuron import activate, neuron
from nnquiz.examples.parameters import Seed

EXAMPLES = [load(entry) for entry in ENTRIES]
numbers = st.floats(-1e3, 1e3).map(lambda number: round(number, 3))


def matrices(rows: int, columns: int) -> st.SearchStrategy[np.ndarray]:
    """Matrices of moderate numbers."""
    return arrays(float, (rows, columns), elements=numbers)


# --- the defaults, followed by hand


def test_neuron_by_hand() -> None:
    """0.5 - 0.5 - 0.75 + 0.1 is -0.65, and its sigmoid is 0.343."""
    results = neuron().results
    assert results["z"] == pytest.approx(-0.65, abs=1e-15)
    assert results["a"] == pytest.approx(1 / (1 + math.exp(0.65)), abs=1e-15)


def test_batchnorm_train_by_hand() -> None:
    """Means 4, 5, 20; biased variances 4.5, 9, 150; unbiased ones 6, 12, 200."""
    results = batchnorm_train().results
    np.testing.assert_allclose(results["mean"], [4, 5, 20])
    np.testing.assert_allclose(results["var"], [4.5, 9, 150])
    np.testing.assert_allclose(results["running_mean"], [0.4, 0.5, 2])
    np.testing.assert_allclose(results["running_var"], [0.9 + 0.6, 0.9 + 1.2, 0.9 + 20])


def test_evaluation_starts_where_training_ends() -> None:
    """The default running statistics of batchnorm-eval are what batchnorm-train leaves."""
    left, found = batchnorm_train().results, batchnorm_eval().inputs
    np.testing.assert_allclose(left["running_mean"], found["running_mean"], rtol=1e-15)
    np.testing.assert_allclose(left["running_var"], found["running_var"], rtol=1e-15)


def test_confusion_by_hand() -> None:
    """Three hits, two false alarms, one miss."""
    results = confusion().results
    assert [results[name] for name in ("tp", "fp", "fn", "tn")] == [3, 2, 1, 4]
    assert results["accuracy"] == 0.7
    assert results["precision"] == 0.6
    assert results["recall"] == 0.75
    assert results["f1"] == pytest.approx(2 / 3)
    assert results["mcc"] == pytest.approx(10 / math.sqrt(600))


def test_roc_auc_by_hand() -> None:
    """Of 24 pairs 19 are in order and 2 tie."""
    assert roc_auc().results["auc"] == pytest.approx((19 + 1) / 24)


def test_regression_metrics_equal_published_ones() -> None:
    """scikit-learn's documentation gives MSE 0.375, MAE 0.5 and R² 0.948... for these data."""
    results = regression_metrics().results
    assert results["mse"] == 0.375
    assert results["mae"] == 0.5
    assert results["r2"] == pytest.approx(0.9486081370449679, abs=1e-15)


def test_attention_by_hand() -> None:
    """Equal scores share equally; a column of ones comes out as ones; e/(e + 1 + √e)."""
    results = attention().results
    weights, output = np.asarray(results["weights"]), np.asarray(results["output"])
    np.testing.assert_allclose(weights[0], 1 / 3)
    np.testing.assert_allclose(output[:, 3], 1)
    assert weights[2, 0] == pytest.approx(math.e / (math.e + 1 + math.sqrt(math.e)))


def test_names_of_inputs_and_results_are_fixed() -> None:
    """The names that JSON readers rely on are there."""
    fixed = {
        neuron: ("x w b", "z a"),
        batchnorm_train: ("x gamma beta", "mean var y running_mean running_var"),
        batchnorm_eval: ("x gamma beta running_mean running_var", "y"),
        confusion: (
            "y_true scores",
            "tp fp fn tn accuracy precision recall f1 specificity balanced_accuracy mcc",
        ),
        roc_auc: ("y_true scores", "auc"),
        regression_metrics: ("y yhat", "mse mae r2"),
        attention: ("Q K V", "scores weights output"),
    }
    for example, (inputs, results) in fixed.items():
        trace = example()
        assert set(inputs.split()) <= set(trace.inputs)
        assert set(results.split()) <= set(trace.results)


# --- what holds for all of them


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.entry.name)
def test_steps_lead_to_the_results(example: Example) -> None:
    """Where a step has a result's name, it has its value; every name is used for one array."""
    trace = example()
    for step in trace.steps:
        if step.name in trace.results:
            np.testing.assert_array_equal(step.value, trace.results[step.name])
    names = [step.name for step in trace.steps]
    assert len(names) == len(set(names))
    assert trace.invariants
    assert all(step.note.endswith(".") for step in trace.steps)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.entry.name)
def test_what_is_suggested_runs_and_changes_something(example: Example) -> None:
    """Every change at the end of an example can be typed, and has an effect."""
    before = example()
    for change in before.tries:
        after = example(**dict(setting.split("=", 1) for setting in change.settings))
        assert str(after.results) != str(before.results)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.entry.name)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_seed_draws_the_same_again(example: Example, seed: int) -> None:
    """With a seed the inputs are the same each time, compute, and are mostly not the defaults."""
    first, again = example(seed=seed), example(seed=seed)
    assert first.seed == seed
    assert str(first.inputs) == str(again.inputs)
    if not any(isinstance(parameter.kind, Seed) for parameter in example.parameters):
        # One that draws a single whole number may draw the default's now and then.
        drawn = {str(example(seed=one).inputs) for one in range(4)}
        assert drawn != {str(example().inputs)}
    assert all(np.shape(first.inputs[k]) == np.shape(v) for k, v in example().inputs.items())


def test_a_seed_leaves_alone_what_is_set() -> None:
    """Set values stay; labels and settings that are no data keep their defaults."""
    trace = attention(seed=7, V=[[1], [2], [3]])
    np.testing.assert_array_equal(trace.inputs["V"], [[1], [2], [3]])
    assert trace.params["causal"] is False
    np.testing.assert_array_equal(confusion(seed=7).inputs["y_true"], confusion().inputs["y_true"])


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    """A seed has a range, and leaving it is said."""
    with pytest.raises(BadInput, match="neuron: seed: expected a whole number from 0 to"):
        neuron(seed=seed)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (neuron, {"x": "1,2"}, "neuron: x has 2 entries and w has 3; each input has its weight"),
        (neuron, {"act": "swish"}, "neuron: act: expected one of sigmoid, tanh, relu"),
        (neuron, {"x": "1e200,1,1", "w": "1e200,1,1"}, "neuron: these numbers grow beyond"),
        (neuron, {"z": "1"}, "neuron: no parameter 'z'; there are x, w, b, act"),
        (batchnorm_train, {"x": "[[1, 2]]"}, "x has 1 row; training needs at least 2"),
        (batchnorm_train, {"gamma": "1,2"}, "gamma has 2 entries and x has 3 features"),
        (batchnorm_train, {"eps": "0"}, "eps: expected a number above 0; came 0"),
        (batchnorm_train, {"momentum": "2"}, "momentum: expected a number from 0 to 1; came 2"),
        (batchnorm_train, {"x": "[[1e200], [-1e200]]"}, "these numbers grow beyond"),
        (batchnorm_eval, {"running_var": "1,-1,1"}, "above 0; came -1"),
        (confusion, {"scores": "1,2"}, "y_true has 10 entries and scores has 2"),
        (roc_auc, {"y_true": "1,1", "scores": "1,2"}, "y_true has one class only"),
        (regression_metrics, {"y": "1"}, "y has 1 entries and yhat has 4"),
        (attention, {"V": "[[1]]"}, "attention: K has 3 rows and V has 1; keys and values come"),
        (attention, {"Q": "[[1, 2]]"}, "attention: Q has 2 columns and K has 4; a dot product"),
        (attention, {"pad": "0,1"}, "attention: pad has 2 entries and K has 3 rows"),
        (attention, {"pad": "1,1,1"}, "attention: a query has no key left to look at"),
        (attention, {"causal": True, "pad": "1,0,0"}, "a query has no key left to look at"),
        (attention, {"tokens": "a,b"}, "attention: tokens has 2 names and K has 3 rows"),
        (attention, {"Q": "[[1e308, 1e308, 0, 0]]"}, "these numbers grow beyond"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line names the example, what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_an_unknown_parameter_gets_a_suggestion() -> None:
    """A slip of the pen is met with the name that was meant."""
    with pytest.raises(BadInput) as caught:
        attention(causl=True)
    assert caught.value.hint == "did you mean causal?"


def test_several_examples_share_settings() -> None:
    """Of the examples behind one name each takes the settings it knows."""
    first, second, _ = run_each([confusion, roc_auc, regression_metrics], {"threshold": "0.7"}, 1)
    assert first.params == {"threshold": 0.7}
    assert second.params == {}
    with pytest.raises(BadInput, match="no parameter 'k'; there are y_true, scores, threshold"):
        run_each([confusion, roc_auc, regression_metrics], {"k": "1"}, None)


# --- neuron


@pytest.mark.parametrize("act", ["sigmoid", "tanh", "relu", "gelu", "gelu-tanh"])
@pytest.mark.parametrize("z", [-1e3, -40.0, -1.0, 0.0, 1.0, 40.0, 1e3])
def test_activations_keep_their_range(act: Any, z: float) -> None:
    """Nothing overflows far out; each function stays where it belongs."""
    with np.errstate(all="raise", under="ignore"):
        a = float(activate(np.array(z), act))
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(act, (-0.18, max(z, 0)))
    assert low <= a <= high


@settings(max_examples=50)
@given(numbers)
def test_activations_are_symmetric(z: float) -> None:
    """sigmoid(-z) = 1 - sigmoid(z), and gelu(z) - gelu(-z) = z."""
    both = np.array([z, -z])
    assert activate(both, "sigmoid").sum() == pytest.approx(1)
    for act in ("relu", "gelu", "gelu-tanh"):
        assert np.diff(activate(both, act))[0] == pytest.approx(-z)  # type: ignore[arg-type]


# --- batch normalisation


@settings(max_examples=50)
@given(matrices(5, 3), numbers, numbers)
def test_training_output_has_mean_beta_and_deviation_gamma(
    x: np.ndarray, gamma: float, beta: float
) -> None:
    """Each feature of y has mean beta, and deviation |gamma| up to eps."""
    results = batchnorm_train(x=x, gamma=[gamma], beta=[beta]).results
    y, var = np.asarray(results["y"]), np.asarray(results["var"])
    np.testing.assert_allclose(y.mean(axis=0), beta, atol=1e-6)
    np.testing.assert_allclose(y.std(axis=0), np.sqrt(var / (var + 1e-5)) * abs(gamma), atol=1e-6)


@settings(max_examples=50)
@given(matrices(4, 2), st.permutations(range(4)))
def test_evaluation_treats_each_row_by_itself(x: np.ndarray, order: list[int]) -> None:
    """Rows in another order, or alone, give the same answers."""
    stats = {"running_mean": [0.5], "running_var": [2]}
    y = np.asarray(batchnorm_eval(x=x, **stats).results["y"])
    np.testing.assert_array_equal(batchnorm_eval(x=x[order], **stats).results["y"], y[order])
    np.testing.assert_array_equal(batchnorm_eval(x=x[:1], **stats).results["y"], y[:1])


def test_a_constant_feature_becomes_beta() -> None:
    """Without variance nothing explodes, whatever the size of the constant."""
    x = [[1e10 / 3, 1], [1e10 / 3, 2], [1e10 / 3, 4]]
    y = np.asarray(batchnorm_train(x=x, beta=[7]).results["y"])
    np.testing.assert_allclose(y[:, 0], 7, atol=1e-3)


# --- metrics

labelled = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 1), min_size=n, max_size=n),
        st.lists(st.sampled_from([0.1, 0.3, 0.5, 0.7]), min_size=n, max_size=n),
    )
)


@settings(max_examples=100)
@given(labelled, st.sampled_from([0.0, 0.3, 0.5, 0.9]))
def test_counts_equal_counting(data: tuple[list[int], list[float]], threshold: float) -> None:
    """The four cells are what counting case by case finds; metrics are nan or in their range."""
    y_true, scores = data
    results = confusion(y_true=y_true, scores=scores, threshold=threshold).results
    cells = [(y, s >= threshold) for y, s in zip(y_true, scores, strict=True)]
    wanted = [cells.count(cell) for cell in ((1, True), (0, True), (1, False), (0, False))]
    assert [results[name] for name in ("tp", "fp", "fn", "tn")] == wanted
    for name in ("precision", "recall", "f1", "specificity", "balanced_accuracy", "mcc"):
        assert math.isnan(results[name]) or -1 <= results[name] <= 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "undefined"),
    [
        ({"threshold": 1}, {"precision", "mcc"}),
        ({"threshold": 0}, {"mcc"}),
        ({"y_true": "0,0", "scores": "0,1"}, {"recall", "balanced_accuracy", "mcc"}),
        ({"y_true": "1,1", "scores": "0,1"}, {"specificity", "balanced_accuracy", "mcc"}),
        (
            {"y_true": "0,0", "scores": "0,0"},
            {"precision", "recall", "f1", "balanced_accuracy", "mcc"},
        ),
    ],
)
def test_what_is_undefined_is_nan_and_says_so(given: dict[str, Any], undefined: set[str]) -> None:
    """0/0 is nan with a note on what scikit-learn reports in its place, never 0 or a crash."""
    trace = confusion(**given)
    scalars = {k: v for k, v in trace.results.items() if isinstance(v, float)}
    assert {name for name, value in scalars.items() if math.isnan(value)} == undefined
    for step in trace.steps:
        if step.name in undefined:
            assert "0/0" in step.note or "does not occur" in step.note
            assert step.substituted.endswith(r"= \text{undefined}")


@settings(max_examples=100)
@given(labelled)
def test_auc_equals_the_pairs_in_order(data: tuple[list[int], list[float]]) -> None:
    """The area is the share of pairs in order, a tie counting half; reversed scores mirror it."""
    y_true, scores = data
    sides = [[s for y, s in zip(y_true, scores, strict=True) if y == side] for side in (1, 0)]
    if not all(sides):
        with pytest.raises(BadInput):
            roc_auc(y_true=y_true, scores=scores)
        return
    pairs = [(p > n) + (p == n) / 2 for p, n in product(*sides)]
    auc = roc_auc(y_true=y_true, scores=scores).results["auc"]
    assert auc == pytest.approx(sum(pairs) / len(pairs))
    mirrored = roc_auc(y_true=y_true, scores=[-s for s in scores]).results["auc"]
    assert mirrored == pytest.approx(1 - auc)  # type: ignore[operator]


def test_predicting_the_mean_has_no_skill() -> None:
    """R² is 0 for the mean, 1 for the truth, below 0 for worse, and undefined for a constant y."""
    y = [1.0, 2, 6]
    assert regression_metrics(y=y, yhat=[3, 3, 3]).results["r2"] == pytest.approx(0)
    assert regression_metrics(y=y, yhat=y).results["r2"] == 1
    assert regression_metrics(y=y, yhat=[6, 2, 1]).results["r2"] < 0  # type: ignore[operator]
    for constant in ([2, 2, 2], [0.1, 0.1, 0.1]):
        flat = regression_metrics(y=constant, yhat=y)
        assert math.isnan(flat.results["r2"])  # type: ignore[arg-type]
        assert "no variance" in flat.steps[-1].note


# --- attention


@settings(max_examples=50)
@given(matrices(3, 4), matrices(5, 4), matrices(5, 2), st.booleans())
def test_outputs_are_averages_of_the_values(
    q: np.ndarray, k: np.ndarray, v: np.ndarray, scale: bool
) -> None:
    """Weights are positive and sum to 1, so each output lies within the values' range."""
    results = attention(Q=q, K=k, V=v, scale=scale).results
    weights, output = np.asarray(results["weights"]), np.asarray(results["output"])
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert (output >= v.min(axis=0) - 1e-9).all()
    assert (output <= v.max(axis=0) + 1e-9).all()


@settings(max_examples=50)
@given(matrices(2, 5), numbers)
def test_softmax_ignores_a_shift(scores: np.ndarray, shift: float) -> None:
    """A constant added to all scores of a row changes no weight."""
    np.testing.assert_allclose(softmax(scores + shift), softmax(scores), atol=1e-9)


def test_masks_hide_what_they_say() -> None:
    """Causal: nothing above the diagonal. Padding: nothing in its column. Row 1 then copies V."""
    causal = attention(causal=True)
    weights = np.asarray(causal.results["weights"])
    np.testing.assert_array_equal(np.triu(weights, k=1), 0)
    np.testing.assert_array_equal(weights[0], [1, 0, 0])
    np.testing.assert_array_equal(np.asarray(causal.results["scores"])[0, 1:], -np.inf)
    padded = attention(pad="0,0,1")
    np.testing.assert_array_equal(np.asarray(padded.results["weights"])[:, 2], 0)
    assert [step.name for step in padded.steps] == [
        "products",
        "mask",
        "scores",
        "weights",
        "output",
    ]


def test_a_hidden_token_changes_nothing() -> None:
    """Padding a key equals leaving it out."""
    q, k, v = (np.asarray(attention().inputs[name]) for name in "QKV")
    without = attention(Q=q, K=k[:2], V=v[:2], tokens="the,cat").results["output"]
    np.testing.assert_allclose(attention(pad="0,0,1").results["output"], without, rtol=1e-15)


def test_names_follow_the_shapes() -> None:
    """Cross-attention numbers its queries; keys without names of their own are numbered too."""
    cross = attention(Q=[[1, 0, 0, 0]])
    assert cross.axes["weights"] == (("q1",), ("the", "cat", "sat"))
    other = attention(Q=np.eye(2), K=np.eye(2), V=np.eye(2))
    assert other.axes["weights"] == (("t1", "t2"), ("t1", "t2"))
