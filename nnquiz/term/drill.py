"""The drill on a terminal: one key at a time, drawn in the ordinary scrollback."""

from collections.abc import Callable

from rich.text import Text

from nnquiz.study.sitting import Sitting
from nnquiz.term import bindings, card
from nnquiz.term.conversation import Conversation, RunExamples
from nnquiz.term.keys import ENDED, INTERRUPTED, RESIZED, RESUMED, Hold, Keys
from nnquiz.term.page import Page


class Screen(Conversation):
    """Draws a sitting on a page, and turns keys into actions.

    Attributes:
        interrupted: whether the drill ended by Ctrl-C.
    """

    def __init__(self, sitting: Sitting, page: Page, keys: Keys, run_examples: RunExamples) -> None:
        super().__init__(sitting, run_examples)
        self.interrupted = False
        self._page = page
        self._keys = keys
        self._hold = Hold()

    def run(self) -> None:
        """Ask until there are no cards, q or Ctrl-C is pressed, or the terminal goes away."""
        self.next()
        while not self.over:
            self._page.flush()
            self._press(self._keys.read())
        self._page.close()
        self._page.flush()

    def _press(self, key: str) -> None:
        """Do what a key or a notice asks for."""
        if key == RESIZED:
            self._page.resize()
        elif key == RESUMED:
            self._page.resume()
        elif key in {INTERRUPTED, ENDED}:
            self.over, self.interrupted = True, key == INTERRUPTED
        elif not (self._hold.repeats(key) and key in {"space", "enter"}):
            found = bindings.find(self.session, key)
            if found is not None and self.act(*found):
                self._hold.drawn()

    def begin(self) -> None:
        """Begin a page with the question."""
        self._page.begin()
        if self.asked is not None:
            self._page.say(card.question(self.asked))
        self._draw()

    def show_answer(self) -> None:
        """Print the short answer, with the key points below it."""
        sheet = self.session.sheet
        if sheet is not None:
            self._page.say(card.passage(sheet.question.short))
            self._page.say(card.points_above(self.session))
        self._draw()

    def show_ticks(self) -> None:
        """Draw the boxes and buttons anew."""
        self._draw()

    def show_full(self) -> None:
        """Print the full answer above the key points."""
        if self.session.sheet is not None:
            self._page.say(card.passage(self.session.sheet.question.full))
        self._draw()

    def show_keys(self) -> None:
        """Print the list of keys above the key points."""
        session = self.session
        self._page.say(lambda size: card.key_list(session, size))

    def show_buttons_again(self, notice: str) -> None:
        """Draw the live part with a line of news, which goes at the next key."""
        self._draw(notice)

    def show_examples(self, run: Callable[[], None]) -> None:
        """Lend the terminal, and draw only boxes and buttons below what was printed."""
        self._page.close()
        self._page.flush()
        with self._keys.lent():
            run()
        self._page.say(lambda _: [Text()])
        self._draw()

    def leave(self, text: str, *, answered: bool) -> None:
        """Close the page with a line that stays."""
        self._page.close()
        if answered:
            self._page.say(card.boxes(self.session))
        self._page.say(card.outcome(text))

    def _draw(self, notice: str = "") -> None:
        left, coming_again = self.sitting.left, self.sitting.queue.coming_again
        self._page.show(card.live(self.session, left, coming_again, self.days, notice))
