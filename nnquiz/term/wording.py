"""What a drill says in words, the same on a screen, line by line and in `nnquiz due`."""

from datetime import date

from nnquiz.study.sitting import Summary

GRADES = ("Again", "Hard", "Good", "Easy")

NO_CARD_COUNTS = (
    "There is no card to plan for: all are set aside, or weigh 0.",
    "To take one back: nnquiz cards --suspended, then nnquiz cards --unsuspend CARD",
    "To count a topic again: nnquiz plan --weight transformers=1",
)

Days = tuple[int, int, int, int] | None
"""The intervals of the four buttons, in days, 0 for again today; None for a cram."""

SHORT_ANSWER, FULL_ANSWER = 30, 120
"""Seconds that an interviewer gives a short answer and a full one."""


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 card", "2 cards"; the plural where it has no plain -s."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def duration(seconds: float) -> str:
    """Return a time as people say it: seconds below a minute and a half, minutes, or hours."""
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def waiting(reviews: int, new: int, seconds: float) -> str:
    """Return what is waiting, on one line: "12 due, 5 new, about 9 min"."""
    parts = [f"{number} {word}" for number, word in ((reviews, "due"), (new, "new")) if number]
    return ", ".join([*parts, f"about {max(1, round(seconds / 60))} min"])


def interval(days: int) -> str:
    """Return the interval that a button promises; it is always in whole days."""
    return "again today" if days <= 0 else f"{days} d"


def buttons(days: Days) -> list[str]:
    """Return what stands on the four buttons: "Good: 5 d", or for a cram only the grade."""
    if days is None:
        return list(GRADES)
    return [f"{name}: {interval(due)}" for name, due in zip(GRADES, days, strict=True)]


def outcome(grade: int, days: int | None) -> str:
    """Return what an answer led to: "Good: back in 5 days"."""
    if days is None:
        return f"{GRADES[grade - 1]}: the schedule stays as it is"
    if days <= 0:
        return f"{GRADES[grade - 1]}: comes again today"
    return f"{GRADES[grade - 1]}: back {'tomorrow' if days == 1 else f'in {days} days'}"


def leech(name: str, lapses: int) -> str:
    """Return what is said of a card that is set aside as a leech, with the way back."""
    return (
        f"Again: forgotten {lapses} times by now, so it is a leech and set aside, to leave your "
        "time to the others. Read up on it, or write it anew; "
        f"`nnquiz cards --unsuspend {name}` takes it back."
    )


def waiting_elsewhere(minutes: int, asked: int, *, helping: bool) -> str:
    """Say kindly that more is waiting than the day's minutes hold, and what becomes of it."""
    times = count(minutes, "minute")
    if helping:
        begun = f"Your {times} of today are done; here is another helping"
    else:
        begun = f"That is more than fits into {times} a day, which is no harm"
    return f"{begun}: now the {asked} that matter most. The rest waits, and nothing is lost."


def planned(days: int, seconds: float, cards: int) -> str:
    """Return what a day of the plan holds: "Interview in 18 days: about 40 cards in 20 min"."""
    return f"Interview {_away(days)}: about {count(cards, 'card')} in {duration(seconds)}"


def plan_left(days: int, seconds: float) -> str:
    """Return what is left of a day of the plan: "interview in 18 days, 14 min left today"."""
    left = f"{duration(seconds)} left today" if seconds >= 1 else "nothing left today"
    return f"interview {_away(days)}, {left}"


def _away(days: int) -> str:
    return "tomorrow" if days == 1 else f"in {days} days"


def nothing_planned(minutes: float, *, time_left: bool) -> list[str]:
    """Return why the plan asks nothing (more) today, and how to study all the same."""
    if time_left:
        return [
            "Nothing is left that would help today. To go over the weakest: nnquiz drill --weak"
        ]
    done = "The plan leaves today free."
    if minutes:
        done = f"Today's time is used up: {duration(60 * minutes)}."
    return [done, "To study all the same: nnquiz drill --minutes 10"]


def remaining(left: int, coming_again: int) -> str:
    """Return how much there is to come: "8 left, 2 coming again"."""
    again = f", {coming_again} coming again" if coming_again else ""
    return f"{left} left{again}"


def stopwatch(seconds: float) -> str:
    """Return the time of an explanation, with the mark it has passed: "0:34, past 30 s"."""
    whole = int(seconds)
    mark = (
        ", past 2 min" if whole >= FULL_ANSWER else ", past 30 s" if whole >= SHORT_ANSWER else ""
    )
    return f"{whole // 60}:{whole % 60:02}{mark}"


def took(seconds: float) -> str:
    """Return how long an explanation took to come: "You took 0:34, past 30 s."."""
    return f"You took {stopwatch(seconds)}."


def refusal(complaint: str, wanted: str) -> str:
    """Return what to say of something typed that is no answer; what stands there is not repeated.

    Args:
        complaint: what is read as an answer.
        wanted: what the card has said to type.
    """
    refused = "That is no answer yet."
    return refused if complaint == wanted else f"{refused} {complaint}"


def summary(result: Summary) -> list[str]:
    """Return the last words of a drill, a line each."""
    if not result.answered:
        return ["Nothing answered this time."]
    grades = ", ".join(
        f"{number} {name}" for number, name in zip(result.grades, GRADES, strict=True) if number
    )
    back = ", ".join(
        f"{number} {when}"
        for number, when in (
            (result.today, "again today"),
            (result.tomorrow, "tomorrow"),
            (result.week, "this week"),
            (result.later, "later"),
        )
        if number
    )
    lines = [f"{count(result.answered, 'answer')} in {duration(result.seconds)}: {grades}."]
    if back:
        lines.append(f"Coming back: {back}.")
    if result.leeches:
        lines.append(f"Set aside: {count(result.leeches, 'leech', 'leeches')}.")
    if result.crammed:
        lines.append("The schedule is as it was before.")
    if result.left:
        lines.append(f"Left for another time: {count(result.left, 'card')}.")
    return lines


def date_of(day: int) -> str:
    """Return a study day as a date: 2026-11-24."""
    return date.fromordinal(day).isoformat()


def when(day: int, today: int) -> str:
    """Return a coming study day: "tomorrow", or "in 3 days, on 2026-11-25"."""
    return "tomorrow" if day - today == 1 else f"in {day - today} days, on {date_of(day)}"
