"""The prices of the last plan, kept in the cache: they spare the next one most of its work."""

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress

SCHEMA = "nnquiz.prices/1"


def load_prices(folder: str, day: int, interview: int) -> list[float] | None:
    """Return the prices of the days from `day` until the interview; None where none are known."""
    try:
        with open(_file(folder), encoding="utf-8") as file:
            said = json.load(file)
        if said["schema"] != SCHEMA or said["interview"] != interview:
            return None
        prices = [float(price) for price in said["prices"][day - said["day"] :]]
    except (OSError, ValueError, TypeError, KeyError):
        return None  # a cache: what cannot be read is computed again
    return prices if day >= said["day"] and len(prices) == interview - day else None


def save_prices(folder: str, day: int, interview: int, prices: Sequence[float]) -> None:
    """Keep the prices of the days from `day` until the interview, if the cache can be written."""
    said = {"schema": SCHEMA, "day": day, "interview": interview, "prices": list(prices)}
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
