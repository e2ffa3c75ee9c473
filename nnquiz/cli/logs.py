"""The review log as commands open it, with the settings in force."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnquiz.history.log import History
    from nnquiz.model.moment import Moment


def open_log() -> "History":
    """Open the review log."""
    from nnquiz.history.log import History
    from nnquiz.paths import locate

    return History.open(locate(os.environ).history)


def this_moment() -> "Moment":
    """Read the clock, with the study day that the settings ask for."""
    from nnquiz.clock import now
    from nnquiz.config.load import load_settings
    from nnquiz.paths import locate

    return now(load_settings(locate(os.environ).config, os.environ).rollover)
