"""The drill line by line: for pipes, scripts and screen readers."""

from collections.abc import Callable, Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from nnquiz.study.session import Action, Stage
from nnquiz.study.sitting import Sitting
from nnquiz.term import bindings, card, footer, wording
from nnquiz.term.conversation import Conversation, EditCard, RunExamples
from nnquiz.term.flow import folded
from nnquiz.term.forms import USUAL, Form
from nnquiz.term.page import Part, Size

_HEIGHT = 24  # of no importance: nothing is drawn anew

_KEY_FOLLOWS = ":"  # where a line is an answer, it makes the next character a key


class Lines(Conversation):
    """Asks a sitting's cards in plain lines, and reads a line for each thing to do.

    An empty line goes on: to the answer, then to the suggested grade. 1 to 4 grade; the letters
    of key points, several at once, tick them; the other keys are those of the screen. Where an
    answer is typed a line is that answer, and a colon comes before a key.
    """

    def __init__(
        self,
        sitting: Sitting,
        console: Console,
        source: TextIO,
        run_examples: RunExamples,
        *,
        edit_card: EditCard | None = None,
        typing: bool = True,
        form: Form = USUAL,
    ) -> None:
        super().__init__(sitting, run_examples, edit_card=edit_card, typing=typing)
        self._console = console
        self._source = source
        self._size = Size(console.width, _HEIGHT, form)

    def run(self) -> None:
        """Ask until somebody ends it with `q`, or the input ends."""
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
            self._write(card.question(self.asked, wanted=self.session.expected, ruled=False))

    def show_answer(self) -> None:
        """Write what came of the answer, what is right, the key points and the intervals."""
        sheet = self.session.sheet
        for part in card.answer(self.session, echo=False, whole=True):
            self._write(part)
        if sheet is not None:
            if sheet.points:
                self._say(card.points(sheet, None, self.thinking, self._size))
            else:
                self._say([Text(wording.took(self.thinking)), Text()])
            if self.session.ticked:
                self.show_ticks()
        self._say_intervals()

    def show_more(self) -> None:
        """Nothing waits for room here: what is longer than the window scrolls."""

    def show_stage(self) -> None:
        """The next prompt says what a line is now."""

    def show_hint(self) -> None:
        """Write the hint."""
        self._write(card.hint(self.session))

    def ask_again(self) -> None:
        """Write what is read as an answer."""
        wanted = self.asked.exercise.prompt.wanted if self.asked else ""
        refusal = wording.refusal(self.session.complaint, wanted)
        self._say(folded(self._size.form.words(refusal), self._size.width))

    def show_ticks(self) -> None:
        """Write which letters are ticked."""
        ticked = " ".join(sorted(self.session.ticked))
        self._say([Text(f"Ticked: {ticked or 'none'}.")])

    def show_full(self) -> None:
        """Write the full answer."""
        if self.session.question is not None:
            self._write(card.passage(self.session.question.full.blocks, whole=True))

    def show_keys(self) -> None:
        """Write what a line may hold."""
        self._say(footer.key_list(self.session, self._size))

    def show_buttons_again(self, notice: str) -> None:
        """Write the news, and the intervals where there is an answer to grade."""
        self._say([Text(self._size.form.words(notice))])
        if self.session.stage is Stage.REVEALED:
            self._say_intervals()

    def show_examples(self, run: Callable[[], None]) -> None:
        """Let the examples be printed."""
        self.lend(run)

    def lend(self, run: Callable[[], None]) -> None:
        """Write what is to be written before `run` does."""
        self._console.file.flush()
        run()

    def leave(self, text: str, *, answered: bool) -> None:
        """Write the line."""
        del answered  # the ticks stand above already
        self._write(card.outcome(text))

    def _read(self, line: str) -> None:
        """Take a line as an answer, or do what its keys ask for."""
        if self.session.stage is not Stage.TYPING:
            self._press(line.removeprefix(_KEY_FOLLOWS))
        elif not line.startswith(_KEY_FOLLOWS):
            self.act(Action.SUBMIT, line)
        else:
            self.act(Action.LEAVE, None)
            asked = self.asked
            self._press(line.removeprefix(_KEY_FOLLOWS))
            if self.asked is asked:
                self.act(Action.TYPE, None)

    def _press(self, line: str) -> None:
        """Do what the keys of a line ask for, or say what a line may be."""
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
        left = wording.remaining(self.sitting.left, self.sitting.queue.coming_again)
        match self.session.stage:
            case Stage.ASKING if self.session.expected and not self.session.typing:
                text = f"{left}. A letter, Enter for I don't know, ? for the keys: "
            case Stage.ASKING:
                text = f"{left}. Enter for the answer, ? for the keys: "
            case Stage.TYPING:
                unknown = "I don't know" if self.session.expected else "the answer"
                text = f"{left}. Your answer, Enter for {unknown}, :? for the keys: "
            case Stage.REVEALED:
                suggested = self.session.suggested
                letters = ", letters of what you said" if self.session.sheet else ""
                text = f"1-4{letters}, or Enter for {suggested} {wording.GRADES[suggested - 1]}: "
            case Stage.FINISHED | Stage.TIME_UP:
                undo = ", u to undo" if self.session.can_undo else ""
                up = self.session.stage is Stage.TIME_UP
                ended = "The time is up; what is left waits" if up else "That was the last card"
                text = f"{ended}. Enter to end{undo}: "
            case _:
                text = "Only cards that came again are left. Enter to go on, q to end: "
        self._console.file.write(text)
        self._console.file.flush()

    def _say_intervals(self) -> None:
        texts = [f"{grade} {text}" for grade, text in enumerate(wording.buttons(self.days), 1)]
        self._say(folded(", ".join(texts), self._size.width))

    def _write(self, part: Part) -> None:
        self._say(part(self._size))

    def _say(self, lines: Iterable[Text]) -> None:
        for line in lines:
            self._console.print(self._size.form.marks(line), soft_wrap=True)
