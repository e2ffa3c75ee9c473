"""Names of examples: what each of them means, and what is said of the others."""

import subprocess
import sys

import pytest

from nnquiz.errors import BadInput
from nnquiz.examples import catalogue
from nnquiz.examples.catalogue import ENTRIES, QUESTIONS, load, names, of_question, resolve

BATCH_NORM = [
    "batchnorm-train",
    "batchnorm-eval",
    "batchnorm-backward",
    "batchnorm-fold",
    "norm-axes",
]


def found(name: str) -> list[str]:
    """The names of the examples that a name means."""
    return [entry.name for entry in resolve(name)]


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("attention", ["attention"]),
        ("Attention ", ["attention"]),
        ("neuron", ["neuron"]),
        ("batchnorm", ["batchnorm-train"]),
        ("batchnorm_eval", ["batchnorm-eval"]),
        ("metrics", ["confusion", "roc-auc", "regression-metrics"]),
        ("12", ["attention", "multi-head", "why-sqrt-dk", "permutation"]),
        ("3", BATCH_NORM),
        ("batch-norm", BATCH_NORM),
        ("att", ["attention"]),
        ("batchnorm-t", ["batchnorm-train"]),
        ("reg", ["regression-metrics"]),
        ("me", ["confusion", "roc-auc", "regression-metrics"]),
    ],
)
def test_a_name_means_what_it_says(name: str, examples: list[str]) -> None:
    """Exact names, aliases, numbers, ids and unambiguous beginnings lead to their examples."""
    assert found(name) == examples


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("atention", "no worked example 'atention'", "did you mean attention?"),
        (
            "batch",
            "'batch' is the beginning of batchnorm-train, batchnorm-eval,",
            "nnquiz examples",
        ),
        ("32", "no question 32; there are 1 to 22", "nnquiz examples"),
        ("0", "no question 0", "nnquiz examples"),
        ("9" * 5000, "no question 999999999", "nnquiz examples"),
        ("²", "no worked example '²'", "nnquiz examples"),
        ("", "no worked example ''", "nnquiz examples"),
        ("\x1b[2J", r"'\x1b[2j'", "nnquiz examples"),
    ],
)
def test_other_names_are_refused_with_a_way_out(name: str, message: str, hint: str) -> None:
    """A name that means nothing, or too much, gets one line and a hint."""
    with pytest.raises(BadInput) as caught:
        resolve(name)
    assert message.lower() in str(caught.value).lower()
    assert hint in caught.value.hint
    assert str(caught.value).isprintable()


def test_a_question_without_examples_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that nobody has worked out is no mistake of whoever asks for it."""
    others = tuple(entry for entry in ENTRIES if entry.question != 5)
    monkeypatch.setattr(catalogue, "ENTRIES", others)
    with pytest.raises(BadInput, match="question 5 has no worked example yet"):
        resolve("optimizers")


def test_a_question_is_given_by_number_or_id() -> None:
    """`nnquiz examples 8` and `nnquiz examples metrics` list the same."""
    assert of_question("8") == of_question("metrics") == resolve("8")
    with pytest.raises(BadInput, match="no question 'metric'"):
        of_question("metric")


def test_there_is_an_id_for_each_of_the_22_questions() -> None:
    """The ids number the questions from 1 to 22 without a gap."""
    assert list(QUESTIONS.values()) == list(range(1, 23))


def test_every_entry_loads_as_itself() -> None:
    """Each row leads to an example that knows its row."""
    for entry in ENTRIES:
        assert load(entry).entry is entry


def test_every_name_that_a_shell_completes_resolves() -> None:
    """What completion offers can be run."""
    for name in names():
        assert resolve(name)


def test_ideas_fit_a_line() -> None:
    """An idea is one sentence that fits a screen of 80 columns beside the name."""
    assert all(len(entry.idea) <= 56 and entry.idea.endswith(".") for entry in ENTRIES)


def test_the_catalogue_needs_no_numpy() -> None:
    """Listing and completing names does not import numpy."""
    code = f"import sys, {catalogue.__name__} as c; c.names(); print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
