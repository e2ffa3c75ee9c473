"""The course of a drill, shared by all ways of showing it: what follows from what.

It joins the session's state machine to a sitting. How anything looks is left to a subclass:
`nnquiz.term.drill` draws on a terminal, `nnquiz.term.plain` writes lines.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from nnquiz.cards import explain
from nnquiz.model.event import Event
from nnquiz.study.session import Action, Effect, Session, Stage, step
from nnquiz.study.sitting import Asked, Sitting
from nnquiz.term import wording

RunExamples = Callable[[Sequence[str]], None]

GRADES = (1, 2, 3, 4)


class Conversation(ABC):
    """Asks the cards of a sitting until there are none, or until somebody has had enough.

    Attributes:
        sitting: the cards, and what becomes of them.
        asked: the card in front of someone; None while the drill offers to end.
        session: what has been done with it.
        over: whether the drill has ended.
    """

    def __init__(self, sitting: Sitting, run_examples: RunExamples) -> None:
        self.sitting = sitting
        self.asked: Asked | None = None
        self.session = Session(Stage.PAUSED)
        self.over = False
        self._run_examples = run_examples
        self._started = 0.0
        self._ticked: dict[str, frozenset[str]] = {}  # by the event that an answer became
        self._effects = {
            Effect.SHOW_ANSWER: self.show_answer,
            Effect.SHOW_TICKS: self.show_ticks,
            Effect.SHOW_FULL: self.show_full,
            Effect.SHOW_KEYS: self.show_keys,
            Effect.RUN_EXAMPLE: self._run_example,
            Effect.SAVE: self._save,
            Effect.SKIP: self._skip,
            Effect.BURY: self._bury,
            Effect.SUSPEND: self._suspend,
            Effect.UNDO: self._undo,
            Effect.REDO: self._redo,
            Effect.GO_ON: self._go_on,
            Effect.END: self._end,
        }

    @abstractmethod
    def begin(self) -> None:
        """Show the card that is asked now, or the offer to end."""

    @abstractmethod
    def show_answer(self) -> None:
        """Show the short answer, the key points and the buttons."""

    @abstractmethod
    def show_ticks(self) -> None:
        """Show what is ticked, and which grade that suggests."""

    @abstractmethod
    def show_full(self) -> None:
        """Show the full answer."""

    @abstractmethod
    def show_keys(self) -> None:
        """Show what acts now."""

    @abstractmethod
    def show_buttons_again(self, notice: str) -> None:
        """Show the buttons with a line of news above them."""

    @abstractmethod
    def show_examples(self, run: Callable[[], None]) -> None:
        """Make room for the worked examples, and call `run`, which prints them."""

    @abstractmethod
    def leave(self, text: str, *, answered: bool) -> None:
        """Put one line where the card was, below the ticks where it was answered."""

    @property
    def days(self) -> tuple[int, int, int, int]:
        """The intervals of the four buttons, in days; 0 is again today."""
        if self.asked is None:
            return 0, 0, 0, 0
        again, hard, good, easy = map(self.asked.days, GRADES)
        return again, hard, good, easy

    def act(self, action: Action, choice: str | int | None) -> bool:
        """Do what somebody asked for; False where that does nothing now."""
        self.session, effect = step(self.session, action, choice)
        if effect is not None:
            self._effects[effect]()
        return effect is not None

    def next(self) -> None:
        """Ask the next card; end where there is none, or offer to end."""
        asked = self.sitting.next()
        if asked is None and not self.sitting.queue.coming_again:
            self.over = True
        else:
            self._ask(asked)

    def _ask(self, asked: Asked | None, ticked: frozenset[str] | None = None) -> None:
        """Show a card, with its answer where it comes back with its ticks; or the offer to end."""
        self.asked = asked
        self.session = Session(
            Stage.PAUSED if asked is None else Stage.ASKING,
            None if asked is None else explain.ask(asked.question),
            can_undo=self.sitting.can_undo,
            can_redo=self.sitting.can_redo,
        )
        self._started = time.monotonic()
        self.begin()
        if ticked is not None:
            self.session = self.session._replace(stage=Stage.REVEALED, ticked=ticked)
            self.show_answer()

    def _run_example(self) -> None:
        """Run the worked examples; their time is not thinking time."""
        assert self.asked is not None  # noqa: S101 -- for mypy: only a card has examples
        names = self.asked.question.examples
        began = time.monotonic()
        self.show_examples(lambda: self._run_examples(names))
        self._started += time.monotonic() - began

    def _save(self) -> None:
        """Save the answer, and only then show anything else."""
        asked, grade = self.asked, self.session.grade
        assert asked is not None  # noqa: S101 -- for mypy: only a card is graded
        assert grade is not None  # noqa: S101 -- likewise
        answer = self.sitting.save(asked, grade, time.monotonic() - self._started)
        if answer is None:
            self._ask_anew(asked)
            return
        self._ticked[answer.event.id] = self.session.ticked
        self.leave(wording.outcome(grade, asked.days(grade)), answered=True)
        self.next()

    def _ask_anew(self, asked: Asked) -> None:
        """Show a card with new intervals, for another drill has answered it meanwhile."""
        self.asked = self.sitting.again(asked)
        self.session = self.session._replace(stage=Stage.REVEALED, grade=None)
        self._started = time.monotonic()
        self.show_buttons_again("Changed by another drill, so nothing was saved: new intervals.")

    def _skip(self) -> None:
        self._set_aside(self.sitting.skip, "Skipped: nothing was recorded.")

    def _bury(self) -> None:
        self._set_aside(self.sitting.bury, "Buried until tomorrow.")

    def _suspend(self) -> None:
        self._set_aside(self.sitting.suspend, "Suspended: it is not asked any more; u undoes that.")

    def _set_aside(self, how: Callable[[Asked], None], text: str) -> None:
        assert self.asked is not None  # noqa: S101 -- for mypy: only a card is set aside
        how(self.asked)
        self.leave(text, answered=False)
        self.next()

    def _undo(self) -> None:
        taken_back = self.sitting.undo()
        if taken_back is None:
            self.session = self.session._replace(can_undo=False)
            self.show_buttons_again("There is nothing of today to take back.")
            return
        event, asked = taken_back
        self.leave(f"Taken back: {_told(event)}.", answered=False)
        if asked is None:
            self.next()
        else:
            self._ask(asked, self._ticked.get(event.id))

    def _redo(self) -> None:
        event = self.sitting.redo()
        if event is None:
            self.session = self.session._replace(can_redo=False)
            self.show_buttons_again("There is nothing that could stand again.")
            return
        self.leave(f"Stands again: {_told(event)}.", answered=False)
        self.next()

    def _go_on(self) -> None:
        self.sitting.queue.go_on()
        self.next()

    def _end(self) -> None:
        self.over = True


def _told(event: Event) -> str:
    """Return an event in a few words."""
    what = event.kind if event.grade is None else wording.GRADES[event.grade - 1]
    _, _, of = event.card.partition("/")
    return f"{what} on {of}"
