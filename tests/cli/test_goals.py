"""What `nnquiz plan` was told: understood, or refused with the way out."""

import os
from collections.abc import Iterator

import pytest

from nnquiz.bank.index import Index
from nnquiz.cli.goals import Wish, agree, unknown_names
from nnquiz.errors import BadInput
from nnquiz.model.goal import Goal
from nnquiz.paths import locate

TODAY = 739_960  # 2026-12-10, a Thursday
NOTHING = Wish(None, None, (), (), ())
BEFORE = Goal(TODAY + 9, off=frozenset({TODAY + 1, TODAY - 1}), weights={"vision": 2.0})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Open the shipped bank in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    with Index.open(locate({**os.environ, "NNQUIZ_HOME": str(home)})) as index:
        yield index


def test_a_first_date_is_planned_with_the_usual_minutes(index: Index) -> None:
    """Nothing else has to be said."""
    goal = agree(NOTHING._replace(interview="2026-12-15"), None, TODAY, index)
    assert goal == Goal(TODAY + 5)


def test_a_new_date_keeps_minutes_and_weights(index: Index) -> None:
    """Days off that are past, or after the interview, are forgotten."""
    goal = agree(NOTHING._replace(interview="2026-12-15", off=["2026-12-14"]), BEFORE, TODAY, index)
    assert goal == BEFORE._replace(interview=TODAY + 5, off=frozenset({TODAY + 1, TODAY + 4}))
    earlier = agree(NOTHING._replace(interview="2026-12-11"), BEFORE, TODAY, index)
    assert earlier.off == frozenset()


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("20", (20,) * 7),
        ("0", (0,) * 7),
        ("mon=30,sat=60", (30, 0, 0, 0, 0, 60, 0)),
        ("7.5, Sunday = 90", (7.5,) * 6 + (90,)),
    ],
)
def test_minutes_may_differ_by_day(index: Index, said: str, minutes: tuple[float, ...]) -> None:
    """A number is for all days that are not named; without one those have none."""
    assert agree(NOTHING._replace(minutes=said), BEFORE, TODAY, index).minutes == minutes


def test_a_weight_is_for_a_topic_a_tag_or_a_question(index: Index) -> None:
    """A name that is a tag means the tag; a number means the question; 1 takes a weight back."""
    wish = NOTHING._replace(weights=["attention=2", "12=3", "Transformers=0.5", "vision=1"])
    weights = agree(wish, BEFORE, TODAY, index).weights
    assert weights == {"attention": 2, "nnquiz/attention": 3, "transformers": 0.5}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (NOTHING._replace(interview="2026-12-09"), "has passed; today is 2026-12-10"),
        (NOTHING._replace(interview="2026-12-10"), "is today"),
        (NOTHING._replace(interview="2028-01-14"), "is 400 days away"),
        (NOTHING._replace(interview="15.12.2026"), "is no date"),
        (NOTHING._replace(interview="2026-02-30"), "is no date"),
        (NOTHING._replace(minutes="-3"), "'-3' is not allowed"),
        (NOTHING._replace(minutes="1441"), "'1441' is not allowed"),
        (NOTHING._replace(minutes="mo=3"), "'mo=3' is not allowed"),
        (NOTHING._replace(minutes="mon=3,mon=4"), "'mon=4' is not allowed"),
        (NOTHING._replace(minutes="20,"), "'nothing' is not allowed"),
        (NOTHING._replace(minutes="nan"), "'nan' is not allowed"),
        (NOTHING._replace(off=["never"]), "--off never: is no date"),
        (NOTHING._replace(on=["x"]), "--on x: is no date"),
        (NOTHING._replace(weights=["vision"]), "--weight vision: is not allowed"),
        (NOTHING._replace(weights=["vision=-1"]), "--weight vision=-1: is not allowed"),
        (NOTHING._replace(weights=["=2"]), "--weight =2: is not allowed"),
        (NOTHING._replace(weights=["visoin=2"]), 'no question "visoin"'),
    ],
)
def test_what_makes_no_sense_is_refused(index: Index, wish: Wish, said: str) -> None:
    """The refusal repeats what was said, and names what is wrong with it."""
    with pytest.raises(BadInput) as caught:
        agree(wish, BEFORE, TODAY, index)
    assert said in str(caught.value)


def test_weights_of_what_is_gone_are_found(index: Index) -> None:
    """A question that was taken out of a bank, or a typing error in the file, is named."""
    weights = {"vision": 2.0, "softmax": 1.5, "nnquiz/gans": 0.0, "visoin": 2.0, "mine/gone": 0.0}
    assert unknown_names(BEFORE._replace(weights=weights), index) == ["visoin", "mine/gone"]


def test_without_an_interview_to_come_nothing_can_be_set(index: Index) -> None:
    """Minutes alone are for a plan that there is; one that is over needs a new date."""
    for before in (None, BEFORE._replace(interview=TODAY), BEFORE._replace(interview=TODAY - 3)):
        with pytest.raises(BadInput, match="no interview to plan for"):
            agree(NOTHING._replace(minutes="20"), before, TODAY, index)
