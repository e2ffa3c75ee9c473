"""`nnquiz tune`: fits the memory model to one's own answers, where that foretells them better."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.logs import open_log, this_moment
from nnquiz.errors import BadInput, NnquizError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnquiz.history.log import History
    from nnquiz.study.tuning import Answers, Fit, Verdict

_DIGITS = 6  # behind the point


def tune(
    apply: Annotated[
        bool, typer.Option("--apply", help="Use fitted weights that help, without asking.")
    ] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Go back to the usual weights.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Fit the memory model to your own answers, where it helps.

    FSRS-6 comes with weights that suit most people. Once there are some hundred answers, others
    may suit you better: they are fitted to your log, leaning on the usual ones, and judged on
    answers that the fit had not seen. Unless they help there, nothing is changed.

    Weights in use are part of the log: they hold on every device that it is merged with.
    """
    if reset:
        if apply or as_json:
            raise BadInput("--reset goes with no other option", "leave the others out")
        _reset()
        return
    # The arrays are small, and to start OpenBLAS's threads costs 10 ms of numpy's 90.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    fit = load_trainer()
    from nnquiz.study.replay import histories
    from nnquiz.study.tuning import judge
    from nnquiz.term.tuning import chosen

    with open_log() as log:
        verdict, in_force = judge(histories(log.outlines()), fit), log.weights()
        if as_json:
            states = _apply(log, verdict) if apply else None
            _print_json(verdict, log.weights(), applied=states is not None)
        else:
            _report(verdict, in_force)
            wanted = verdict is not None and verdict.helps and verdict.weights != in_force
            states = _apply(log, verdict) if wanted and (apply or _is_wanted()) else None
            if states is not None:
                _say([chosen(states)])


def load_trainer() -> "Fit":
    """Return what fits weights: the trainer that Anki uses, fsrs-rs, as a function.

    Raises:
        NnquizError: it is not installed.
    """
    try:
        from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview
    except ImportError as error:
        message = "nnquiz tune needs fsrs-rs-python, which fits the weights, and it is not there"
        raise NnquizError(message, "pip install 'nnquiz[tune]'") from error

    def fit(reviews: "Sequence[Answers]") -> list[float]:
        items = [FSRSItem([FSRSReview(*answer) for answer in answers]) for answers in reviews]
        fitted = FSRS(list(DEFAULT_PARAMETERS)).compute_parameters(items)
        # It computes in 32 bits, whose digits behind these are noise, and may pass a bound.
        return [round(weight, _DIGITS) for weight in fitted]

    return fit


def _reset() -> None:
    from nnquiz.study.memory import DEFAULT_WEIGHTS
    from nnquiz.term.wording import count

    with open_log() as log:
        if log.weights() == DEFAULT_WEIGHTS:
            typer.echo("The usual weights are in use already.")
            return
        states = log.tune(DEFAULT_WEIGHTS, this_moment())
    typer.echo(f"The usual weights are in use again: {count(states, 'card')} computed anew.")


def _apply(log: "History", verdict: "Verdict | None") -> int | None:
    """Choose the weights of a verdict that helps, and return how many cards they concern."""
    if verdict is None or not verdict.helps or verdict.weights == log.weights():
        return None
    return log.tune(verdict.weights, this_moment())


def _is_wanted() -> bool:
    """Ask whether to use the weights; without a terminal say how to."""
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        try:
            return typer.confirm("Use them from now on?")
        except typer.Abort:
            typer.echo()  # behind the question, which Ctrl-C leaves open
            raise
    typer.echo("To use them: nnquiz tune --apply")
    return False


def _report(verdict: "Verdict | None", in_force: tuple[float, ...]) -> None:
    from nnquiz.study.memory import DEFAULT_WEIGHTS
    from nnquiz.study.tuning import LEAST_REVIEWS
    from nnquiz.term.tuning import advice, said, too_few

    same = verdict is not None and verdict.weights == in_force
    _say(too_few(LEAST_REVIEWS) if verdict is None else said(verdict))
    _say([advice(verdict, own=in_force != DEFAULT_WEIGHTS, same=same)])


def _say(paragraphs: "Sequence[str]") -> None:
    from nnquiz.term.console import console
    from nnquiz.term.flow import folded

    out = console()
    for paragraph in paragraphs:
        for line in folded(paragraph, out.width):
            out.print(line)


def _print_json(verdict: "Verdict | None", in_force: tuple[float, ...], *, applied: bool) -> None:
    from json import dumps

    shape: dict[str, object] = {"schema": "nnquiz.tune/1"}
    if verdict is not None:
        shape |= {
            "reviews": verdict.reviews,
            "tested": verdict.tested,
            "before": round(verdict.before, 6),
            "after": round(verdict.after, 6),
            "error": round(verdict.error, 6),
            "helps": verdict.helps,
            "weights": list(verdict.weights),
        }
    shape |= {"applied": applied, "in_use": list(in_force)}
    sys.stdout.write(dumps(shape, indent=2) + "\n")
