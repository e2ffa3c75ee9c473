"""The drill line by line: for pipes, scripts and screen readers."""

from collections.abc import Callable, Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from nnquiz.study.session import Action, Stage
from nnquiz.study.sitting import Sitting
from nnquiz.term import bindings, card, wording
from nnquiz.term.conversation import Conversation, RunExamples
from nnquiz.term.page import Part, Size

_HEIGHT = 24  # of no importance: nothing is drawn anew


class Lines(Conversation):
    """Asks a sitting's cards in plain lines, and reads a line for each thing to do.

    An empty line goes on: to the answer, then to the suggested grade. 1 to 4 grade; the letters
    of key points, several at once, tick them; the other keys are those of the screen.
    """

    def __init__(
        self, sitting: Sitting, console: Console, source: TextIO, run_examples: RunExamples
    ) -> None:
        super().__init__(sitting, run_examples)
        self._console = console
        self._source = source
        self._size = Size(console.width, _HEIGHT)

    def run(self) -> None:
        """Ask until there are no cards, `q` is read, or the input ends."""
        self.next()
        while not self.over:
            self._prompt()
            line = self._source.readline()
            if not self._source.isatty():
                self._say([Text()])  # nobody pressed Enter where one sees it
            if line:
                self._read(line.strip())
            else:
                self.over = True

    def begin(self) -> None:
        """Write the question."""
        if self.asked is not None:
            self._write(card.question(self.asked, ruled=False))

    def show_answer(self) -> None:
        """Write the short answer, the key points and the intervals."""
        sheet = self.session.sheet
        if sheet is None:
            return
        self._write(card.passage(sheet.question.short, whole=True))
        self._say(card.points(sheet, None, self._size.width))
        self._say_intervals()

    def show_ticks(self) -> None:
        """Write which letters are ticked."""
        ticked = " ".join(sorted(self.session.ticked))
        self._say([Text(f"Ticked: {ticked or 'none'}.")])

    def show_full(self) -> None:
        """Write the full answer."""
        if self.session.sheet is not None:
            self._write(card.passage(self.session.sheet.question.full, whole=True))

    def show_keys(self) -> None:
        """Write what a line may hold."""
        self._say(card.key_list(self.session, self._size))

    def show_buttons_again(self, notice: str) -> None:
        """Write the news, and the intervals where there is an answer to grade."""
        self._say([Text(notice)])
        if self.session.stage is Stage.REVEALED:
            self._say_intervals()

    def show_examples(self, run: Callable[[], None]) -> None:
        """Let the examples be printed."""
        self._console.file.flush()
        run()

    def leave(self, text: str, *, answered: bool) -> None:
        """Write the line."""
        del answered  # the ticks stand above already
        self._write(card.outcome(text))

    def _read(self, line: str) -> None:
        """Do what a line asks for, or say what a line may be."""
        keys = list(line.replace(" ", "")) or ["enter"]
        found = [pair for key in keys if (pair := bindings.find(self.session, key)) is not None]
        alone = len(keys) == 1 or all(action is Action.TICK for action, _ in found)
        if len(found) < len(keys) or not alone:
            self._say([Text("One thing a line, or several letters to tick; ? lists the keys.")])
            return
        for action, choice in found:
            if not self.act(action, choice):
                self._say([Text("That does nothing now; ? lists the keys.")])

    def _prompt(self) -> None:
        """Say what a line may hold now, without ending the line."""
        match self.session.stage:
            case Stage.ASKING:
                left = wording.remaining(self.sitting.left, self.sitting.queue.coming_again)
                text = f"{left}. Enter for the answer, ? for the keys: "
            case Stage.REVEALED:
                suggested = self.session.suggested
                grade = f"{suggested} {wording.GRADES[suggested - 1]}"
                text = f"1-4, letters of what you said, or Enter for {grade}: "
            case _:
                text = "Only cards that came again are left. Enter to go on, q to end: "
        self._console.file.write(text)
        self._console.file.flush()

    def _say_intervals(self) -> None:
        pairs = zip(wording.GRADES, self.days, strict=True)
        texts = [
            f"{grade} {name}: {wording.interval(days)}"
            for grade, (name, days) in enumerate(pairs, start=1)
        ]
        self._say(card.folded(", ".join(texts), self._size.width))

    def _write(self, part: Part) -> None:
        self._say(part(self._size))

    def _say(self, lines: Iterable[Text]) -> None:
        for line in lines:
            self._console.print(line, soft_wrap=True)
