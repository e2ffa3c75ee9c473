"""Whatever people, clocks and devices do, the stored state is what the log replays to."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from nnquiz.clock import study_day
from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import (
    BURY,
    CRAM,
    FORGET,
    LEECH,
    MOVE,
    REVIEW,
    SUSPEND,
    UNBURY,
    UNDO,
    UNSUSPEND,
    Event,
)
from nnquiz.model.moment import Moment
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.replay import standing
from nnquiz.study.schedule import choices
from nnquiz.study.weights import replay_whole

EVENING = 1_700_000_000_000
HOUR = 3_600_000

names = st.sampled_from(("one", "two", "three"))
places = st.sampled_from((0, 1))


class Studying(RuleBasedStateMachine):
    """Two devices with a log each, on one journey with bad clocks."""

    @initialize()
    def begin(self) -> None:
        """Unpack both devices."""
        self.folder = tempfile.mkdtemp()
        self.logs = [self.unpack(device) for device in (0, 1)]
        self.clock = EVENING
        self.offset = 0

    def unpack(self, device: int) -> History:
        """Open the log of a device."""
        history = History.open(str(Path(self.folder, str(device), "history.db")))
        history._machine = f"machine {device}"
        return history

    def teardown(self) -> None:
        """Leave nothing behind."""
        for history in getattr(self, "logs", []):
            history.close()
        shutil.rmtree(getattr(self, "folder", ""), ignore_errors=True)

    def now(self) -> Moment:
        """Read the clock, a second later each time."""
        self.clock += 1000
        return Moment(self.clock, self.offset, study_day(self.clock, self.offset, rollover=4))

    @rule(device=places, name=names, grade=st.integers(1, 4), late=st.integers(-1, 1))
    def answer(self, device: int, name: str, grade: int, late: int) -> None:
        """Answer a card, perhaps shown on the day before, or before a flight to yesterday."""
        history, moment = self.logs[device], self.now()
        card = Card(f"bank/question/{name}", "bank/question", "explain", "", "hash")
        day = moment.day - late
        before = history.state(card.id)
        kind, after = REVIEW, choices(before, day, 0.9, history.weights())[grade - 1]
        if grade == 4 and late == 1:
            kind, after = CRAM, before
        history.answer(
            card,
            before,
            after,
            moment=moment,
            day=day,
            grade=grade,
            seconds=5,
            retention=0.9,
            kind=kind,
        )

    @rule(
        device=places,
        name=names,
        kind=st.sampled_from((BURY, UNBURY, SUSPEND, UNSUSPEND, LEECH, FORGET)),
    )
    def record(self, device: int, name: str, kind: str) -> None:
        """Set a card aside, take it back, or start it anew."""
        self.logs[device].record(kind, f"bank/question/{name}", moment=self.now())

    @rule(device=places, old=names, new=names)
    def move(self, device: int, old: str, new: str) -> None:
        """Give a card another id, which may be taken."""
        old, new = f"bank/question/{old}", f"bank/question/{new}"
        self.logs[device].record(MOVE, old, moment=self.now(), target=new)

    @rule(device=places, faster=st.sampled_from((0.5, 1.0, 2.0)))
    def tune(self, device: int, faster: float) -> None:
        """Choose other weights, or those from before: every state is computed anew."""
        weights = tuple(w * faster for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]
        self.logs[device].tune(weights, self.now())
        assert self.logs[device].weights() == weights

    @rule(device=places, times=st.integers(1, 3))
    def undo(self, device: int, times: int) -> None:
        """Take back: the state is a replay without the event, which is one of this device's."""
        history = self.logs[device]
        for _ in range(times):
            before = list(history.events())
            undone = history.undo(self.now())
            if undone is not None:
                assert undone in self.standing(before)
                rest = [event for event in self.standing(before) if event != undone]
                assert history.states() == replay_whole(rest)

    @rule(device=places, times=st.integers(1, 3))
    def redo(self, device: int, times: int) -> None:
        """Bring back: the state is a replay with the event again."""
        history = self.logs[device]
        for _ in range(times):
            before = list(history.events())
            redone = history.redo(self.now())
            if redone is not None:
                assert redone not in self.standing(before)
                assert history.states() == replay_whole([*self.standing(before), redone])

    @rule(device=places)
    def undo_then_redo(self, device: int) -> None:
        """A redo after an undo restores every state to the bit."""
        history = self.logs[device]
        states = history.states()
        if (undone := history.undo(self.now())) is not None:
            assert history.redo(self.now()) == undone
        assert history.states() == states

    @rule(hours=st.sampled_from((1, 9, 30, 24 * 12, -1, -26, -24 * 400)))
    def pass_time(self, hours: int) -> None:
        """Time passes, or the clock is set, forwards or back."""
        self.clock += hours * HOUR

    @rule(offset=st.integers(-12, 14))
    def travel(self, offset: int) -> None:
        """Fly to another time zone."""
        self.offset = offset * 60

    @rule(device=places)
    def restart(self, device: int) -> None:
        """Close and open a log."""
        self.logs[device].close()
        self.logs[device] = self.unpack(device)

    @rule(device=places)
    def meet(self, device: int) -> None:
        """Hand the events of one device to the other."""
        here, there = self.logs[device], self.logs[1 - device]
        new = here.merge(there.events())
        assert new <= len(list(there.events()))
        assert here.merge(there.events()) == 0

    @rule()
    def agree(self) -> None:
        """Devices that have each other's events have the same states."""
        for device in (0, 1):
            self.meet(device)
        assert self.logs[0].states() == self.logs[1].states()

    @invariant()
    def state_is_replay(self) -> None:
        """The stored states are those of a replay, bit for bit, and of a rebuild."""
        for history in getattr(self, "logs", []):
            assert history.states() == replay_whole(history.events())
            assert history.verify() == []

    @staticmethod
    def standing(events: list[Event]) -> list[Event]:
        """Return what stands, as a log that never knew an undo."""
        return [event for event in standing(events) if event.kind != UNDO]


TestStudying = Studying.TestCase
TestStudying.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
