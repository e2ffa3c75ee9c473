"""The prices of the last plan, kept in the cache: they spare the next one most of its work."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnquiz.study.campaign import Campaign

_FORMAT = 1


def load_prices(folder: str, campaign: "Campaign") -> list[float] | None:
    """Return the prices of the days from today until the interview.

    None where none are known: the last plan was for another goal, for more or fewer cards, or of
    another time.
    """
    try:
        with open(_file(folder), encoding="utf-8") as file:
            said = json.load(file)
        if said["format"] != _FORMAT or said["of"] != _fingerprint(campaign):
            return None
        past = campaign.day - int(said["day"])
        prices = [float(price) for price in said["prices"][past:]]
    except (OSError, ValueError, TypeError, KeyError):
        return None  # a cache: what cannot be read is computed again
    return prices if past >= 0 and len(prices) == campaign.days else None


def save_prices(folder: str, campaign: "Campaign", prices: Sequence[float]) -> None:
    """Keep the prices of the days from today until the interview, if the cache can be written."""
    import tempfile

    said = {
        "format": _FORMAT,
        "of": _fingerprint(campaign),
        "day": campaign.day,
        "prices": list(prices),
    }
    temporary = None
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, prefix=".prices-", delete=False
        ) as file:
            temporary = file.name
            json.dump(said, file)
        os.replace(temporary, _file(folder))
    except OSError:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def _file(folder: str) -> str:
    return os.path.join(folder, "prices.json")


def _fingerprint(campaign: "Campaign") -> list[object]:
    """Return what the prices depend on, as JSON reads it again."""
    goal = campaign.goal
    weights = [[name, goal.weights[name]] for name in sorted(goal.weights)]
    return [goal.interview, list(goal.minutes), sorted(goal.off), weights, len(campaign.cards)]
