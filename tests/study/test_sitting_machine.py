"""Drills over one log, whatever happens to them: the state is always what the log replays to."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.moment import Moment
from nnquiz.model.question import Passage, Question
from nnquiz.model.written import Body
from nnquiz.study.replay import replay
from nnquiz.study.sitting import Asked, Sitting

EVENING = 1_790_000_000_000
HOUR = 3_600_000
TODAY = 739_942
NAMES = [f"b/q{n}/explain" for n in range(4)]
EMPTY = Passage("", [])

writers = st.sampled_from((0, 1))


@dataclass
class Shelf:
    """A bank whose cards can be edited and taken out."""

    texts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))

    def all(self) -> list[Card]:
        """Return the cards as they are now."""
        return [
            Card(name, name.rpartition("/")[0], "explain", "", f"text {text}")
            for name, text in self.texts.items()
        ]

    def question(self, name: str) -> Question:
        """Return a question with nothing but its name."""
        bank, _, own = name.partition("/")
        return Question(
            bank, 1, own, EMPTY, "", "", (), EMPTY, EMPTY, (), (), (), (), (), (), "", 1
        )

    def card(self, card: str) -> Card | None:
        """Return a card, if it is still there."""
        return next((one for one in self.all() if one.id == card), None)

    def body(self, card: str) -> Body:
        """Return nothing, for explanations need none."""
        raise AssertionError(card)

    def is_answer(self, bank: str, text: str) -> bool:
        """Know no answers."""
        del bank, text
        return False


class Drills(RuleBasedStateMachine):
    """Two drills of one person over one file, and a log that comes from elsewhere."""

    @initialize()
    def begin(self) -> None:
        """Open the log twice, and one of another device."""
        self.folder = Path(tempfile.mkdtemp())
        self.clock, self.day = EVENING, TODAY
        self.shelf = Shelf()
        self.logs = [self.unpack("history"), self.unpack("history")]
        self.elsewhere = self.unpack("elsewhere")
        self.elsewhere._machine = "another machine"
        self.sittings: list[Sitting] = [self.sit(log) for log in self.logs]
        self.asked: list[Asked | None] = [sitting.next() for sitting in self.sittings]

    def unpack(self, name: str) -> History:
        """Open a log."""
        return History.open(str(self.folder / f"{name}.db"))

    def sit(self, log: History, *, cram: bool = False) -> Sitting:
        """Begin a drill of all cards."""
        return Sitting(
            self.shelf.all(),
            log.states_of(NAMES),
            bank=self.shelf,
            log=log,
            clock=lambda: Moment(self.clock, 0, self.day),
            retention=0.9,
            cram=cram,
        )

    def teardown(self) -> None:
        """Leave nothing behind."""
        for log in [*getattr(self, "logs", []), *([self.elsewhere] if self.folder else [])]:
            log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(who=writers, grade=st.integers(1, 4), ms=st.integers(0, 9000))
    def answer(self, who: int, grade: int, ms: int) -> None:
        """Grade the card in hand; where the other drill was first, it is shown again."""
        self.clock += ms
        asked = self.asked[who]
        if asked is not None:
            saved = self.sittings[who].save(asked, grade, ms / 1000)
            again = self.sittings[who].again
            self.asked[who] = again(asked) if saved is None else self.sittings[who].next()

    @rule(who=writers, how=st.sampled_from(("bury", "suspend", "skip")))
    def set_aside(self, who: int, how: str) -> None:
        """Put the card in hand away."""
        asked = self.asked[who]
        if asked is not None:
            getattr(self.sittings[who], how)(asked)
            self.asked[who] = self.sittings[who].next()

    @rule(who=writers)
    def undo(self, who: int) -> None:
        """Take back what this device did last, in whichever drill that was."""
        taken_back = self.sittings[who].undo()
        if taken_back is not None:
            self.asked[who] = taken_back[1] or self.sittings[who].next()

    @rule(who=writers)
    def redo(self, who: int) -> None:
        """Let it stand again."""
        if self.sittings[who].redo() is not None:
            self.asked[who] = self.sittings[who].next()

    @rule(who=writers, cram=st.booleans())
    def crash_and_start_again(self, who: int, cram: bool) -> None:
        """Lose everything that is not in the file."""
        self.logs[who].close()
        self.logs[who] = self.unpack("history")
        self.sittings[who] = self.sit(self.logs[who], cram=cram)
        self.asked[who] = self.sittings[who].next()

    @rule(card=st.sampled_from(NAMES), gone=st.booleans(), who=writers)
    def edit(self, card: str, gone: bool, who: int) -> None:
        """Change a card's text, or take it out and put it back, while it is in hand or not."""
        if gone and card in self.shelf.texts:
            del self.shelf.texts[card]
        else:
            self.shelf.texts[card] = self.shelf.texts.get(card, 0) + 1
        asked = self.asked[who]
        if asked is not None:
            now = self.sittings[who].change_bank(self.shelf, asked)
            assert (now is None) == (asked.card.id not in self.shelf.texts)
            assert now is None or now.card == self.shelf.card(asked.card.id)
            self.asked[who] = now or self.sittings[who].next()

    @rule(grade=st.integers(1, 4))
    def study_elsewhere(self, grade: int) -> None:
        """Answer on another device, whose log is not here yet."""
        sitting = self.sit(self.elsewhere)
        asked = sitting.next()
        if asked is not None:
            assert sitting.save(asked, grade, 3.0) is not None

    @rule(who=writers, backwards=st.booleans())
    def merge(self, who: int, backwards: bool) -> None:
        """Carry the logs over, in either direction, as often as one likes."""
        here, there = self.logs[who], self.elsewhere
        source, target = (here, there) if backwards else (there, here)
        target.merge(list(source.events()))

    @rule(hours=st.integers(-30, 400))
    def let_time_pass(self, hours: int) -> None:
        """The clock goes on, or jumps back; the study day with it."""
        self.clock += hours * HOUR
        self.day = TODAY + (self.clock - EVENING) // (24 * HOUR)

    @precondition(lambda self: hasattr(self, "logs"))
    @invariant()
    def the_state_is_what_the_log_replays_to(self) -> None:
        """In both files, for every card, by both ways of looking."""
        for log in (self.logs[0], self.elsewhere):
            assert log.states() == replay(log.events())
            assert log.verify() == []

    @precondition(lambda self: hasattr(self, "logs"))
    @invariant()
    def both_drills_see_the_same(self) -> None:
        """What one drill has written the other reads at once."""
        assert self.logs[0].states() == self.logs[1].states()


Drills.TestCase.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
TestDrills = Drills.TestCase
