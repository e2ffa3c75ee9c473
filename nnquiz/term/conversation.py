"""The course of a drill, shared by all ways of showing it: what follows from what.

It joins the session's state machine to a sitting. How anything looks is left to a subclass:
`nnquiz.term.drill` draws on a terminal, `nnquiz.term.plain` writes lines.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

from nnquiz.errors import NnquizError
from nnquiz.model.event import Event
from nnquiz.study import session as sessions
from nnquiz.study.session import Action, Effect, Session, Stage, step
from nnquiz.study.sitting import Asked, Bank, Sitting
from nnquiz.term import wording

RunExamples = Callable[[Sequence[str]], None]
Lend = Callable[[Callable[[], None]], None]


class Edited(NamedTuple):
    """What came of editing a card.

    Attributes:
        bank: the banks as they are now.
        said: one line about it.
        changed: whether there is a changed card to go on with.
    """

    bank: Bank
    said: str
    changed: bool


EditCard = Callable[[Asked, Lend], Edited]

GRADES = (1, 2, 3, 4)


class Given(NamedTuple):
    """An answer of this drill, as it stood when it was graded.

    Attributes:
        session: what had been done with the card.
        reviews: how many the card had had before.
        thinking: seconds to the answer.
        seconds: seconds to the grade.
    """

    session: Session
    reviews: int
    thinking: float
    seconds: float


class Conversation(ABC):
    """Asks the cards of a sitting until there are none, or until somebody has had enough.

    Attributes:
        sitting: the cards, and what becomes of them.
        asked: the card in front of someone; None while the drill offers to end.
        session: what has been done with it.
        over: whether the drill has ended.
    """

    def __init__(
        self,
        sitting: Sitting,
        run_examples: RunExamples,
        *,
        edit_card: EditCard | None = None,
        typing: bool = True,
    ) -> None:
        """Begin without a card.

        Args:
            sitting: the cards to ask.
            run_examples: prints worked examples, by their names.
            edit_card: lets a card be edited; None where there is no terminal for that.
            typing: whether answers that can be judged are typed.
        """
        self.sitting = sitting
        self.asked: Asked | None = None
        self.session = Session(Stage.PAUSED)
        self.over = False
        self._run_examples = run_examples
        self._edit_card = edit_card
        self._typing = typing
        self._started = 0.0
        self._thought: float | None = None  # seconds, once the answer is shown
        self._examples_run = 0  # of the card in hand
        self._given: dict[str, Given] = {}  # by the event that an answer became
        self._effects = {
            Effect.SHOW_ANSWER: self._reveal,
            Effect.SHOW_MORE: self.show_more,
            Effect.SHOW_TICKS: self.show_ticks,
            Effect.SHOW_FULL: self.show_full,
            Effect.SHOW_HINT: self.show_hint,
            Effect.SHOW_KEYS: self.show_keys,
            Effect.SHOW_STAGE: self.show_stage,
            Effect.ASK_AGAIN: self.ask_again,
            Effect.RUN_EXAMPLE: self._run_example,
            Effect.EDIT: self._let_edit,
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
        """Show the card that is asked now, or that there is none."""

    @abstractmethod
    def show_answer(self) -> None:
        """Show what came of the answer, what is right, and the buttons."""

    @abstractmethod
    def show_more(self) -> None:
        """Show what waited for room."""

    @abstractmethod
    def show_hint(self) -> None:
        """Show the hint that was taken last."""

    @abstractmethod
    def show_stage(self) -> None:
        """Show that keys are letters of an answer now, or no longer."""

    @abstractmethod
    def ask_again(self) -> None:
        """Say what is read as an answer, for what was typed is none."""

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
    def lend(self, run: Callable[[], None]) -> None:
        """Give the terminal to what `run` starts, until it returns."""

    @abstractmethod
    def leave(self, text: str, *, answered: bool) -> None:
        """Put one line where the card was, below the ticks where it was answered."""

    @property
    def days(self) -> wording.Days:
        """The intervals of the four buttons, in days; 0 is again today."""
        if self.asked is None:
            return 0, 0, 0, 0
        if self.asked.cram:
            return None
        again, hard, good, easy = (self.asked.days(grade) or 0 for grade in GRADES)
        return again, hard, good, easy

    def act(self, action: Action, choice: str | int | None) -> bool:
        """Do what somebody asked for; False where that does nothing now."""
        self.session, effect = step(self.session, action, choice)
        if effect is not None:
            self._effects[effect]()
        return effect is not None

    @property
    def thinking(self) -> float:
        """The seconds from the question to the answer, or to now."""
        return self._elapsed() if self._thought is None else self._thought

    def next(self) -> None:
        """Ask the next card; where there is none, say so, or offer to end."""
        self._ask(self.sitting.next())

    def _ask(self, asked: Asked | None, given: Given | None = None) -> None:
        """Show a card, or that there is none; one that was answered comes with its answer."""
        self.asked = asked
        if given is not None and (asked is None or asked.before.reviews != given.reviews):
            given = None  # changed elsewhere: other numbers, another order
        if asked is None:
            session = Session(self._stage_without_card())
        elif given is None:
            session = sessions.begin(asked.exercise, asked.question, typing=self._typing)
        else:
            session = given.session._replace(
                stage=Stage.REVEALED, grade=None, full=False, more=False
            )
        undo, redo = self.sitting.can_undo, self.sitting.can_redo
        can_edit = self._edit_card is not None
        self.session = session._replace(can_undo=undo, can_redo=redo, can_edit=can_edit)
        self._examples_run = 0
        self._started = time.monotonic() - (given.seconds if given else 0.0)
        self._thought = given.thinking if given else None
        self.begin()
        if given is not None:
            self.show_answer()

    def _stage_without_card(self) -> Stage:
        if self.sitting.time_is_up:
            return Stage.TIME_UP if self.sitting.left else Stage.FINISHED
        if self.sitting.queue.coming_again:
            return Stage.PAUSED
        return Stage.TIME_UP if self.sitting.queue.time_is_up else Stage.FINISHED

    def _elapsed(self) -> float:
        return time.monotonic() - self._started

    def _reveal(self) -> None:
        self._thought = self._elapsed()
        self.show_answer()

    def _run_example(self) -> None:
        """Run a worked example, the next one each time; that is not thinking time."""
        assert self.asked is not None  # noqa: S101 -- for mypy: only a card has examples
        names = self.asked.question.examples
        name = names[self._examples_run % len(names)]
        self._examples_run += 1
        began = time.monotonic()
        self.show_examples(lambda: self._run_examples([name]))
        self._started += time.monotonic() - began
        if len(names) > 1:
            following = names[self._examples_run % len(names)]
            self.show_buttons_again(f"That was {name}; x again runs {following}.")

    def _let_edit(self) -> None:
        """Let the card be edited, and go on with it as it is then; the time does not count."""
        asked = self.asked
        assert asked is not None  # noqa: S101 -- for mypy: only a card is edited
        assert self._edit_card is not None  # noqa: S101 -- likewise
        began = time.monotonic()
        try:
            edited = self._edit_card(asked, self.lend)
        except NnquizError as error:
            self.show_buttons_again(str(error))
            return
        finally:
            self._started += time.monotonic() - began
        if not edited.changed:
            self.show_buttons_again(edited.said)
            return
        now = self.sitting.change_bank(edited.bank, asked)
        self.leave(edited.said, answered=False)
        if now is None:
            self.next()
        else:
            self._ask(now)

    def _save(self) -> None:
        """Save the answer, and only then show anything else."""
        asked, grade = self.asked, self.session.grade
        assert asked is not None  # noqa: S101 -- for mypy: only a card is graded
        assert grade is not None  # noqa: S101 -- likewise
        seconds = self._elapsed()
        answer = self.sitting.save(asked, grade, seconds, self.session.result)
        if answer is None:
            self._ask_anew(asked)
            return
        reviews = asked.before.reviews
        self._given[answer.event.id] = Given(self.session, reviews, self.thinking, seconds)
        told = ""
        if answer.leech:
            name = asked.card.id.removeprefix("nnquiz/")
            told = wording.leech(name, asked.choices[grade - 1].lapses)
        self.leave(told or wording.outcome(grade, asked.days(grade)), answered=True)
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
            self._ask(asked, self._given.get(event.id))

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
