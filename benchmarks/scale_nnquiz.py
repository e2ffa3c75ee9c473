"""One measurement of `benchmarks.scale`: nnquiz opens a large bank and answers some cards."""

import os
import sys
import time
from functools import partial

from benchmarks.scale_figures import print_figures
from nnquiz.bank.index import Index
from nnquiz.clock import now
from nnquiz.history.log import History
from nnquiz.model.event import GOOD
from nnquiz.model.settings import Settings
from nnquiz.paths import locate
from nnquiz.study.selection import Wish, select
from nnquiz.study.sitting import Sitting

ANSWERS, UNDOS = 60, 20


def main(home: str) -> None:
    """Measure, and print the figures as JSON: milliseconds, and megabytes."""
    os.environ["NNQUIZ_HOME"] = home
    settings, clock = Settings(), partial(now, 4)
    began = time.perf_counter()
    paths = locate(os.environ)
    index, log = Index.open(paths), History.open(paths.history)
    today = log.today(clock().day)
    chosen = select(
        Wish(),
        index.shelf(),
        today,
        states=log.states_of,
        settings=settings,
    )
    known = log.states_of([card.id for card in chosen.order])
    sitting = Sitting(
        chosen.order, known, bank=index, log=log, clock=clock, retention=settings.retention
    )
    asked = sitting.next()
    opened = time.perf_counter() - began
    answers: list[float] = []
    nexts: list[float] = []
    undos: list[float] = []
    while asked is not None and len(answers) < ANSWERS:  # fewer where the day has little time left
        began = time.perf_counter()
        assert sitting.save(asked, GOOD, 9.0) is not None
        saved = time.perf_counter()
        asked = sitting.next()
        answers.append(saved - began)
        nexts.append(time.perf_counter() - saved)
    for _ in range(min(UNDOS, len(answers))):
        began = time.perf_counter()
        assert sitting.undo() is not None
        undos.append(time.perf_counter() - began)
    while sitting.undo() is not None:  # the next round finds the same cards waiting
        pass
    print_figures(opened, answers, nexts, undos)
    log.close()  # as a drill does at its end; what is left open has to be recovered at the start
    index.close()


if __name__ == "__main__":
    main(sys.argv[1])
