"""How ready somebody is, on a screen: one number, its parts, and how its forecasts did."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from nnquiz.study.calibration import Calibration
from nnquiz.study.outlook import Part
from nnquiz.study.readiness import Share
from nnquiz.term.bars import bar
from nnquiz.term.flow import flow, folded
from nnquiz.term.spans import cells
from nnquiz.term.wording import count

WIDEST = 88
ENOUGH = 50  # answers after which forecasts are judged

_ENOUGH_CARDS = 5  # of which a share is worth an interval
_GAP = "  "
_BAR = 10  # cells
_BESIDE = 66  # columns from which on a row stands on one line


class Row(NamedTuple):
    """A topic or a question: its name, what is expected of it, and the command that helps."""

    name: str
    part: Part
    command: str


def percent(share: float) -> str:
    """Return a share in whole percent: "84 %"."""
    return f"{100 * share:.0f} %"


def between(share: Share) -> str:
    """Return the interval around a share: "78 to 90 %"."""
    return f"{100 * share.low:.0f} to {100 * share.high:.0f} %"


def _between(part: Part) -> str:
    """Return the interval of a part, or nothing where a toss or two would decide it."""
    return between(part.share) if part.cards >= _ENOUGH_CARDS else ""


def draw_opening(paragraphs: Sequence[str], width: int) -> list[Text]:
    """Draw what comes first, in lines of at most `width` cells: its first paragraph stands out."""
    lines: list[Text] = []
    for number, paragraph in enumerate(paragraphs):
        for line in folded(paragraph, min(width, WIDEST)):
            line.stylize("" if number else "bold")
            lines.append(line)
    return lines


def draw_rows(
    heading: str, rows: Sequence[Row], width: int, *, ascii_only: bool = False
) -> list[Text]:
    """Draw topics or questions, a line each, or a few in a narrow window; no rows are no lines."""
    if not rows:
        return []
    drawn = _rows(rows, min(width, WIDEST), ascii_only=ascii_only)
    return [Text(), Text(heading, "bold"), *drawn]


def draw_forecasts(found: Calibration | None, answers: int, width: int) -> list[Text]:
    """Draw how forecasts of answers did.

    Args:
        found: how they did; None where there are too few.
        answers: how many answers they could be judged by.
        width: cells of a line.
    """
    heading = [Text(), Text("Forecasts so far", "bold")]
    return heading + list(_forecasts(found, answers, min(width, WIDEST)))


def _rows(rows: Sequence[Row], width: int, *, ascii_only: bool) -> Iterator[Text]:
    names = max(cells(row.name) for row in rows)
    ranges = max(len(_between(row.part)) for row in rows)
    commands = max(cells(row.command) for row in rows)
    beside = width >= max(_BESIDE, names + ranges + commands + 3 * len(_GAP) + 5)
    room = width - names - ranges - commands - 4 * len(_GAP) - 5
    for name, part, command in rows:
        share = part.share
        shown = f"{percent(share.expected):>5}{_GAP}{_between(part):>{ranges}}"
        if not beside:
            facts = (percent(share.expected), _between(part), command)
            yield from folded(name, width)
            for piece in flow([Text(fact) for fact in facts if fact], width - 4, len(_GAP)):
                yield Text.assemble("    ", piece)
            continue
        line = Text(name + " " * (names - cells(name)) + _GAP + shown + _GAP)
        if room >= _BAR:
            drawn = bar(share.expected * _BAR, ascii_only=ascii_only)
            line.append(drawn, "cyan").append(" " * (_BAR - len(drawn)) + _GAP)
        yield line.append(command)


def _forecasts(found: Calibration | None, answers: int, width: int) -> Iterator[Text]:
    if found is None:
        so_far = f"{answers} so far" if answers else "none so far"
        yield from folded(
            f"Once {ENOUGH} cards were asked again on a later day ({so_far}), this page says "
            "what had been foretold of them, and what came true.",
            width,
        )
        return
    yield Text(f"{'foretold':>12}{'answers':>9}{'recalled':>10}")
    for low, high, number, _, recalled in found.bins:
        said = f"{100 * low:.0f} to {100 * high:.0f} %"
        yield Text(f"{said:>12}{number:>9}{percent(recalled):>10}")
    yield from folded(
        f"Before each day began, {percent(found.foretold)} was foretold of the "
        f"{count(found.answers, 'answer')} to come; {percent(found.recalled)} were recalled. "
        f"Brier score {found.brier:.3f}, log loss {found.log_loss:.3f}, where 0 is perfect; "
        f"to say {percent(found.recalled)} of each, which nobody knew, gives "
        f"{found.plain_brier:.3f} and {found.plain_log_loss:.3f}.",
        width,
    )
