"""What the log says about one card: a value that can be dropped and computed again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardState:
    """The state of a card after its events.

    Attributes:
        card: `bank/question/name`.
        stability: days until recall has fallen to 90 %; None before the first review.
        difficulty: 1 to 10; None before the first review.
        day: study day of the last review, as an ordinal; None before the first review.
        due: study day on which it is due next; None before the first review.
        grade: the last grade; 1 with `due == day` means that it comes again today.
        reviews: standing reviews, which also seed the fuzz and the next problem's numbers; a card
            that was forgotten on purpose starts anew, but keeps this count.
        lapses: reviews graded Again that were not repeats on the day of the last review.
        first_day: study day of the first review.
        time: newest standing event's time, ms.
        event: newest standing event's id.
        buried_on: the study day it was buried; it returns on the next, or with an answer.
        suspended: set aside until it is taken back, by its owner or as a leech.
        leech: marked as a leech; the mark stays when the card is no longer set aside.
    """

    card: str
    stability: float | None = None
    difficulty: float | None = None
    day: int | None = None
    due: int | None = None
    grade: int | None = None
    reviews: int = 0
    lapses: int = 0
    first_day: int | None = None
    time: int = 0
    event: str = ""
    buried_on: int | None = None
    suspended: bool = False
    leech: bool = False
