"""The drill on a terminal: one key at a time, drawn in the ordinary scrollback."""

from collections import deque
from collections.abc import Callable

from rich.text import Text

from nnquiz.study.session import Action, Stage
from nnquiz.study.sitting import Sitting
from nnquiz.term import bindings, card, footer
from nnquiz.term.conversation import Conversation, EditCard, RunExamples
from nnquiz.term.keys import (
    ENDED,
    INTERRUPTED,
    PASTE_BEGINS,
    PASTE_ENDS,
    RESIZED,
    RESUMED,
    Hold,
    Keys,
)
from nnquiz.term.line import Line
from nnquiz.term.page import Page, Part

# A moment more than to the next full second, so that it has come when the footer is drawn.
_MARGIN = 0.005


class Screen(Conversation):
    """Draws a sitting on a page, and turns keys into actions.

    Attributes:
        interrupted: whether the drill ended by Ctrl-C.
    """

    def __init__(
        self,
        sitting: Sitting,
        page: Page,
        keys: Keys,
        run_examples: RunExamples,
        *,
        edit_card: EditCard | None = None,
        typing: bool = True,
    ) -> None:
        super().__init__(sitting, run_examples, edit_card=edit_card, typing=typing)
        self.interrupted = False
        self._page = page
        self._keys = keys
        self._hold = Hold()
        self._line = Line()
        self._pasting = False
        self._notice = ""
        self._waiting: deque[Part] = deque()  # what there was no room for yet

    def run(self) -> None:
        """Ask until somebody ends it with q or Ctrl-C, or the terminal goes away."""
        self.next()
        while not self.over:
            self._page.flush()
            self._press(self._keys.read(self._seconds_to_draw()))
        self._page.close()
        self._page.flush()

    def _seconds_to_draw(self) -> float | None:
        """Return when the stopwatch is to be drawn anew; None while none runs."""
        if self.session.sheet is None or self.session.stage not in {Stage.ASKING, Stage.TYPING}:
            return None
        return 1 - self.thinking % 1 + _MARGIN

    def _press(self, key: str) -> None:
        """Do what a key or a notice asks for."""
        if key == RESIZED:
            self._page.resize()
        elif key == RESUMED:
            self._page.resume()
        elif key in {INTERRUPTED, ENDED}:
            self.over, self.interrupted = True, key == INTERRUPTED
        elif key in {PASTE_BEGINS, PASTE_ENDS}:
            self._pasting = key == PASTE_BEGINS
        elif self._pasting:
            if self.session.stage is Stage.TYPING:
                self._edit("space" if key in {"enter", "tab"} else key)
        elif not key:
            self._draw()
        else:
            self._press_key(key)

    def _press_key(self, key: str) -> None:
        held = self._hold.repeats(key)
        if self.session.stage is Stage.TYPING and key not in {"enter", "escape"}:
            self._edit(key)
            return
        if held and key in {"space", "enter"}:
            return
        found: tuple[Action, str | int | None] | None
        if self.session.stage is Stage.TYPING:
            found = (Action.LEAVE, None) if key == "escape" else (Action.SUBMIT, self._line.text)
        else:
            found = bindings.find(self.session, key)
        self._notice = ""
        if found is not None and self.act(*found):
            self._hold.drawn()

    def _edit(self, key: str) -> None:
        self._line = self._line.press(key)
        self._draw()

    def begin(self) -> None:
        """Begin a page with the question."""
        self._page.begin()
        self._line, self._notice = Line(), ""
        self._waiting.clear()
        if self.asked is not None:
            self._page.say(card.question(self.asked, wanted=self.session.typing))
        if self.session.stage is not Stage.REVEALED:
            self._draw()

    def show_answer(self) -> None:
        """Print what came of the answer and what is right, with the key points below."""
        self._waiting.extend(card.answer(self.session))
        self._waiting.extend(footer.points_above(self.session, self.thinking))
        self._fill()

    def show_more(self) -> None:
        """Print as much of what waits as the window holds."""
        self._fill()

    def show_stage(self) -> None:
        """Draw the line that is being typed, or take it away."""
        self._draw()

    def ask_again(self) -> None:
        """Say what is read, above the line."""
        self._draw()

    def show_hint(self) -> None:
        """Print the hint below the question."""
        self._page.say(card.hint(self.session))
        self._draw()

    def show_ticks(self) -> None:
        """Draw the boxes and buttons anew."""
        self._print_waiting()
        self._draw()

    def show_full(self) -> None:
        """Print the full answer above the key points, as much at a time as the window holds."""
        self._print_waiting()
        self._waiting.extend(card.full(self.session))
        self._fill()

    def show_keys(self) -> None:
        """Print the list of keys above the key points."""
        session = self.session
        self._page.say(lambda size: footer.key_list(session, size))

    def show_buttons_again(self, notice: str) -> None:
        """Draw the live part with a line of news, which goes at the next key."""
        self._notice = notice
        self._draw()

    def show_examples(self, run: Callable[[], None]) -> None:
        """Lend the terminal, and draw only boxes and buttons below what was printed."""
        self._print_waiting()
        self.lend(run)
        self._page.say(lambda _: [Text()])
        self._draw()

    def lend(self, run: Callable[[], None]) -> None:
        """Close the page, and give the terminal back as it was found for as long as `run` takes."""
        self._page.close()
        self._page.flush()
        with self._keys.lent():
            run()

    def leave(self, text: str, *, answered: bool) -> None:
        """Close the page with a line that stays."""
        self._page.close()
        if answered:
            self._page.say(footer.boxes(self.session, self._status()))
        self._page.say(card.outcome(text))

    def _fill(self) -> None:
        """Print what waits, as long as the window holds it together with what is drawn anew.

        The rest waits for the next key, so that nothing scrolls away before it was read.
        """
        size = self._page.size
        room = size.height - 1 - self._rows(more=True)
        boxes = self._rows(more=False) - self._rows(more=True)
        heights = [len(part(size)) for part in self._waiting]
        above = self._page.rows
        if heights and sum(heights) + boxes > room >= above + heights[0]:
            room -= above  # it takes several pages: on the first the question stays in sight
        first = True
        for rows in heights:
            if rows > room and rows and not first:
                break
            self._page.say(self._waiting.popleft())
            room -= rows
            first = first and not rows
        more = bool(self._waiting) or (boxes > max(room, 0) and not first)
        self.session = self.session._replace(more=more)
        self._draw()

    def _rows(self, *, more: bool) -> int:
        """Return how high the live part is."""
        session = self.session._replace(more=more)
        return len(footer.live(session, self._status())(self._page.size))

    def _print_waiting(self) -> None:
        """Print all that waits, for something else comes below it."""
        while self._waiting:
            self._page.say(self._waiting.popleft())
        self.session = self.session._replace(more=False)

    def _draw(self) -> None:
        typing = self.session.stage is Stage.TYPING
        live = footer.live(self.session, self._status())
        self._page.show(live, self._line.entry if typing else None)

    def _status(self) -> footer.Status:
        return footer.Status(
            left=self.sitting.left,
            coming_again=self.sitting.queue.coming_again,
            days=self.days,
            thinking=self.thinking,
            typed=self._line.text,
            notice=self._notice,
        )
