"""Series share one canvas of braille dots and markers."""

from nnquiz.term.canvas import Canvas


def shown(canvas: Canvas) -> list[str]:
    """The rows as plain text."""
    return ["".join(text for text, _ in row) for row in canvas.rows()]


def test_each_dot_has_its_place() -> None:
    """The eight dots of a character count from the lower left corner, as Unicode numbers them."""
    found = []
    for x in (0, 1):
        for y in (0, 1, 2, 3):
            canvas = Canvas(1, 1)
            canvas.line((x, y), (x, y), 0)
            found += shown(canvas)
    assert found == list("⡀⠄⠂⠁⢀⠠⠐⠈")


def test_a_line_touches_every_row_and_column_on_its_way() -> None:
    """It is as long in dots as its longer side, and is the same in both directions."""
    canvas, back = Canvas(4, 2), Canvas(4, 2)
    canvas.line((0, 0), (7, 7), 0)
    back.line((7, 7), (0, 0), 0)
    assert shown(canvas) == shown(back) == ["  ⡠⠊", "⡠⠊  "]


def test_dots_join_and_markers_cover() -> None:
    """A cell belongs to the series that drew there last; under a marker nothing is drawn."""
    canvas = Canvas(3, 1)
    canvas.line((0, 0), (5, 0), 0)
    canvas.line((0, 3), (1, 3), 1)
    canvas.mark((4, 0), "x", 2)
    canvas.line((4, 0), (5, 3), 3)
    assert list(canvas.rows()) == [[("⣉", 1), ("⣀", 0), ("x", 2)]]


def test_blanks_belong_to_nobody() -> None:
    """What no series drew has no colour."""
    canvas = Canvas(3, 1)
    canvas.mark((2, 0), "o", 0)
    assert list(canvas.rows()) == [[(" ", None), ("o", 0), (" ", None)]]


def test_without_braille_dots_are_another_sign() -> None:
    """A terminal that knows ASCII alone gets full stops."""
    canvas = Canvas(2, 1)
    canvas.line((0, 0), (1, 3), 0)
    canvas.mark((2, 0), "o", 0)
    assert list(canvas.rows(dots_as=".")) == [[(".o", 0)]]
