"""One measurement of `benchmarks.scale`: the same sequence through the library of Anki.

With `--make N` the collection is made instead: N notes with FSRS on, ten reviews each in its
review log, and the same share of cards due. It is written with Anki's own library, in its format.
"""

import argparse
import json
import random
import time
from pathlib import Path

from benchmarks.scale_figures import print_figures

ANSWERS, UNDOS = 60, 20
OVERDUE = 0.02
GOOD_ANSWER = 2  # CardAnswer.GOOD


def make(folder: Path, cards: int) -> None:
    """Fill a collection."""
    from anki.collection import AddNoteRequest, Collection

    collection = Collection(str(folder / "collection.anki2"))
    collection.set_config("fsrs", val=True)
    kind = collection.models.by_name("Basic")
    deck = collection.decks.id("Large")
    assert kind is not None
    assert deck is not None
    requests = []
    for number in range(cards):
        note = collection.new_note(kind)
        note["Front"], note["Back"] = f"What is card {number}?", f"The value {number}"
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)
    chance, today = random.Random(cards), collection.sched.today  # noqa: S311 -- no secret
    memory = json.dumps({"s": 60.0, "d": 5.0, "dr": 0.9})
    ids = collection.db.list("select id from cards")
    rows, reviews = [], []
    base = int(time.time() * 1000) - 400 * 86_400_000
    for number, card in enumerate(ids):
        due = chance.randint(-2, 0) if chance.random() < OVERDUE else chance.randint(1, 60)
        rows.append((today + due, memory, card))
        for at in range(10):
            name = base + at * 30 * 86_400_000 + number
            reviews.append((name, card, 0, 3, 60, 30, 2500, 9000, 1))
    collection.db.executemany(
        "update cards set type = 2, queue = 2, ivl = 60, factor = 2500, reps = 10, due = ?, "
        "data = ? where id = ?",
        rows,
    )
    collection.db.executemany(
        "insert or ignore into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)", reviews
    )
    config = collection.decks.config_dict_for_deck_id(deck)
    config["rev"]["perDay"] = 9999
    collection.decks.update_config(config)
    collection.decks.select(deck)
    collection.close()


def measure(folder: Path) -> None:
    """Measure, and print the figures as JSON: milliseconds, and megabytes."""
    from anki.collection import Collection

    began = time.perf_counter()
    collection = Collection(str(folder / "collection.anki2"))
    scheduler = collection.sched
    queued = scheduler.get_queued_cards(fetch_limit=1)
    opened = time.perf_counter() - began
    answers, nexts, undos = [], [], []
    for _ in range(ANSWERS):
        top = queued.cards[0]
        card = collection.get_card(top.card.id)
        card.start_timer()
        began = time.perf_counter()
        answer = scheduler.build_answer(card=card, states=top.states, rating=GOOD_ANSWER)
        scheduler.answer_card(answer)
        saved = time.perf_counter()
        queued = scheduler.get_queued_cards(fetch_limit=1)
        answers.append(saved - began)
        nexts.append(time.perf_counter() - saved)
    for at in range(ANSWERS):
        if at >= 30:  # as deep as Anki remembers
            break
        began = time.perf_counter()
        collection.undo()
        if at < UNDOS:
            undos.append(time.perf_counter() - began)
    print_figures(opened, answers, nexts, undos)
    collection.close()


def main() -> None:
    """Make a collection, or measure one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--make", type=int, metavar="CARDS")
    given = parser.parse_args()
    if given.make is None:
        measure(given.folder)
    else:
        make(given.folder, given.make)


if __name__ == "__main__":
    main()
