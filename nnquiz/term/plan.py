"""A plan in words and in columns, on a window of any width."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from rich.text import Text

from nnquiz.model.goal import WEEKDAYS, Goal
from nnquiz.model.visible import visible
from nnquiz.study.campaign import Campaign
from nnquiz.study.forecast import Day, Forecast, TopicGain
from nnquiz.study.learner import Learner, Seconds
from nnquiz.term.flow import folded
from nnquiz.term.wording import count, date_of

WIDEST: Final = 80
_DAYS_SHOWN: Final = 14  # each on a line of its own; later ones by the week
_NAMED: Final = 3  # topics that are named as what to leave out
_NOTHING: Final = 0.5  # cards of an expectation that are none
_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def draw_plan(campaign: Campaign, learner: Learner, forecast: Forecast, width: int) -> list[Text]:
    """Return a plan as lines of at most `width` cells."""
    width = min(width, WIDEST)
    lines: list[Text] = []
    for sentence in (_time(campaign.goal, campaign.day), _deck(campaign)):
        lines += folded(sentence, width)
    lines += [Text(), Text("Expected share recalled on that day", "bold"), *_shares(forecast)]
    for sentence in warnings(campaign, forecast):
        lines += [Text(), *(Text(line.plain, "bold") for line in folded(sentence, width))]
    lines += [Text(), *_days(forecast.days)]
    lines += [Text(), *_topics(forecast.topics, width)]
    lines += [Text()]
    for sentence in _counted_with(campaign, learner):
        lines += folded(sentence, width)
    return lines


def when_is(goal: Goal, today: int) -> str:
    """Return when the interview is: "The interview is on Tue 2026-12-15, in 18 days."."""
    days = goal.interview - today
    away = "tomorrow" if days == 1 else f"in {days} days"
    return f"The interview is on {_named(goal.interview)}, {away}."


def warnings(campaign: Campaign, forecast: Forecast) -> list[str]:
    """Return in plain words that the minutes do not cover the deck, and what to do about it."""
    if forecast.unbegun < _NOTHING:
        return []
    new = sum(_is_new(campaign, at) for at in range(len(campaign.cards)))
    said = (
        f"The minutes do not cover the deck: about {forecast.unbegun:.0f} of "
        f"{count(new, 'new card')} will not be begun."
    )
    more = (
        "Twice the minutes would begin all of them."
        if forecast.double_unbegun < _NOTHING
        else f"With twice the minutes {forecast.double_unbegun:.0f} would be left."
    )
    names = " ".join(f"--weight {topic}=0" for topic in expendable(forecast))
    return [f"{said} {more} To leave out what matters least: nnquiz plan {names}"]


def expendable(forecast: Forecast) -> list[str]:
    """Return topics, the least important first, that make room for the rest if they are left out.

    At most three; among equals the one of which most would stay unbegun anyway.
    """
    named: list[str] = []
    short = forecast.unbegun
    for topic in sorted(forecast.topics, key=lambda one: (one.weight, -one.unbegun)):
        if short < _NOTHING or len(named) == min(_NAMED, len(forecast.topics) - 1):
            break
        named.append(topic.topic)
        short -= topic.cards
    return named or [forecast.topics[0].topic]


def minutes_a_day(goal: Goal) -> str:
    """Return the minutes in words: "20 minutes a day, 60 on Sat, none on Sun"."""
    usual = max(goal.minutes, key=goal.minutes.count)
    parts = [f"{usual:g} minutes a day" if usual != 1 else "1 minute a day"]
    for name, minutes in zip(_NAMES, goal.minutes, strict=True):
        if minutes != usual:
            parts.append(f"{f'{minutes:g}' if minutes else 'none'} on {name}")
    return ", ".join(parts)


def _time(goal: Goal, today: int) -> str:
    off = sorted(day for day in goal.off if today <= day < goal.interview)
    days_off = f"; off on {', '.join(map(_named, off))}" if off else ""
    return f"{when_is(goal, today)} {minutes_a_day(goal)}{days_off}."


def _deck(campaign: Campaign) -> str:
    cards = len(campaign.cards)
    new = sum(_is_new(campaign, at) for at in range(cards))
    spent = f" Today has had {campaign.spent / 60:.0f} minutes." if campaign.spent >= 30 else ""
    return f"{count(cards, 'card')}: {cards - new} begun, {new} new.{spent}"


def _is_new(campaign: Campaign, at: int) -> bool:
    state = campaign.states.get(campaign.cards[at].id)
    return state is None or state.stability is None


def _shares(forecast: Forecast) -> Iterable[Text]:
    for said, share in (
        ("if you keep the plan", forecast.kept),
        ("with twice the minutes", forecast.double),
        ("with half the minutes", forecast.half),
        ("if you stop now", forecast.stop),
    ):
        expected, low, high = (f"{100 * part:.0f}" for part in share)
        # Bounds of a card or two, or of nothing, may be the same: "100-100 %" says no more.
        between = f"  {low}-{high} %" if low != high else ""
        yield Text(f"  {said:<22}{expected:>4} %{between}")


def _days(days: Sequence[Day]) -> Iterable[Text]:
    yield Text(f"{'Day':<14}{'new':>6}{'reviews':>9}{'minutes':>9}", "bold")
    for day in days[:_DAYS_SHOWN]:
        yield _row(_named(day.ordinal), [day])
    rest = days[_DAYS_SHOWN:]
    while rest:
        # A week ends on a Sunday; the ordinal 1 is a Monday.
        length = len(WEEKDAYS) - (rest[0].ordinal - 1) % len(WEEKDAYS)
        week, rest = rest[:length], rest[length:]
        yield _row(f"to {date_of(week[-1].ordinal)}", week)


def _row(name: str, days: Sequence[Day]) -> Text:
    if not any(day.budget for day in days):
        return Text(f"{name:<14}{'off':>6}", "dim")
    new, reviews = sum(day.new for day in days), sum(day.reviews for day in days)
    minutes = sum(day.seconds for day in days) / 60
    return Text(f"{name:<14}{new:>6.0f}{reviews:>9.0f}{minutes:>9.0f}")


def _topics(topics: Sequence[TopicGain], width: int) -> Iterable[Text]:
    name = min(max(len(topic.topic) for topic in topics), max(10, width - 26))
    yield Text(f"{'Topic':<{name}}{'cards':>7}{'stop':>7}{'keep':>7}", "bold")
    for topic in topics:
        shares = "".join(f"{100 * share:>5.0f} %" for share in (topic.without, topic.kept))
        yield Text(f"{topic.topic[:name]:<{name}}{topic.cards:>7}{shares}")


def _counted_with(campaign: Campaign, learner: Learner) -> Iterable[str]:
    """Yield what the plan believes: seconds, unseen knowledge and importance."""
    based = f"{count(learner.answers, 'answer')} of yours" if learner.answers else "no answer yet"
    yield f"Counted with (from {based}): {_seconds(learner.seconds)}."
    for kind, seconds in learner.kinds.items():
        yield f"  {kind}: {_seconds(seconds)}."
    known = [f"{kind} {100 * share.mean:.0f} %" for kind, share in learner.known.items()]
    if known:
        yield f"Known without having been asked: {', '.join(known)}."
    yield "The ranges hold what happens in roughly 80 % of cases."
    yield "Shares are weighted: a card of the core counts as two advanced ones."
    if campaign.goal.weights:
        named = (f"{visible(name)} {weight:g}" for name, weight in campaign.goal.weights.items())
        yield f"Your weights: {', '.join(named)}."


def _seconds(seconds: Seconds) -> str:
    return (
        f"{seconds.first:.0f} s for a first answer, {seconds.recalled:.0f} s recalled, "
        f"{seconds.again:.0f} s forgotten"
    )


def _named(day: int) -> str:
    return f"{date.fromordinal(day):%a} {date_of(day)}"
