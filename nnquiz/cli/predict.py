"""`nnquiz run-example --step`: predict each value, then see it."""

import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from itertools import count as counting

import typer
from rich.console import Console
from rich.text import Text

from nnquiz.examples.trace import Step, Trace
from nnquiz.problems.grading import grade
from nnquiz.problems.reader import Unreadable, read
from nnquiz.term import problem as page
from nnquiz.term import steps
from nnquiz.term.console import console, form_of
from nnquiz.term.trace import closing, folded, look_of, opening

_HOW = "Predict a value of each step. An empty line shows it; arithmetic is fine: 1/(1+exp(-2))."


class _Conversation:
    """Questions on standard output, and the lines typed in reply."""

    def __init__(self) -> None:
        self.out: Console = console()
        self.look = look_of(self.out)
        self.form = form_of(self.out)
        self.ended = sys.stdin is None  # the shell's <&-
        self.asked = 0
        self.right = 0
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # what is no text is no number either

    def show(self, *lines: Text) -> None:
        """Print lines now: the reply to a line that cannot be read goes to the other stream."""
        for line in lines:
            self.out.print(line)
        self.out.file.flush()

    def step(self, trace: Trace, place: int, step: Step) -> None:
        """Ask for a value of a step, judge what is typed, and show the step."""
        width = self.out.width
        asked = steps.prediction(trace, step)
        self.show(*steps.ask(place, step, asked, width, self.look))
        if asked is not None:
            self.asked += 1
            value = self._typed()
            if value is None:
                self.show(*page.answer(asked.problem, width, self.form))
            else:
                verdict = grade(asked.problem, value)
                self.right += verdict.right
                self.show(*page.reply(asked.problem, value, verdict, width, self.form))
        self.show(Text(), *steps.reveal(trace, step, width, self.look))

    def _typed(self) -> float | None:
        """Read lines until one is a number; None for an empty one, and once there are no more."""
        while not self.ended:
            if sys.stdin.isatty():
                typer.echo("> ", nl=False)
            line = sys.stdin.readline()
            self.ended = not line
            if not line.strip():
                return None
            try:
                return read(line)
            except Unreadable as unreadable:
                typer.echo(str(unreadable), err=True)
        return None


def predict(traces: Sequence[Trace], pictures: Callable[[Trace, Console], Sequence[Text]]) -> None:
    """Go through examples step by step, and count the values that were predicted.

    Args:
        traces: the examples.
        pictures: draws the plots of one for a console.
    """
    conversation = _Conversation()
    out = conversation.out
    conversation.show(*folded(_HOW, out.width))
    for trace in traces:
        conversation.show(Text(), *opening(trace, out.width, conversation.look))
        for place, step in zip(counting(1), trace.steps, strict=False):
            conversation.step(trace, place, step)
        conversation.show(*pictures(trace, out), *closing(trace, out.width, conversation.look))
    conversation.show(Text(), steps.count(conversation.right, conversation.asked))
