"""What a person may choose about their studying."""

from typing import NamedTuple


class Settings(NamedTuple):
    """Choices that every drill obeys.

    Attributes:
        retention: share of due cards that should be recalled, 0.70 to 0.99.
        new_cards: new cards a day.
        rollover: hour of local time at which a study day begins, 0 to 23.
        minutes: minutes a day; more than that is not asked at once, however much is waiting.
    """

    retention: float = 0.90
    new_cards: int = 15
    rollover: int = 4
    minutes: int = 20
