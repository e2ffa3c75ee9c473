"""Question 16: the gated cells, LSTM and GRU, step by step through a short sequence."""
# ruff: noqa: N803, N806 -- W_ih and W_hh are the names that PyTorch uses

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.functions import sigmoid
from nnquiz.examples.notation import dot, equals, number, operand
from nnquiz.examples.parameters import Matrix, Real, Vector, require
from nnquiz.examples.trace import Array, Axes, Plot, Series, Step, Try, Working, same

# Four time steps of two inputs, three hidden units; a block of three rows for each gate.
SEQUENCE = np.array([[1.0, 0], [0, 1], [1, 1], [-1, 0.5]])
INPUT = np.array([[0.5, -0.3], [0.2, 0.4], [-0.6, 0.1]])
RECURRENT = np.array([[0.4, -0.2, 0.1], [0.3, 0.5, -0.4], [-0.1, 0.2, 0.6]])
BIAS = np.array([0.1, 0.0, -0.1])
LSTM_W_IH = np.vstack([INPUT, -INPUT, 2 * INPUT, INPUT[::-1]])
LSTM_W_HH = np.vstack([RECURRENT, RECURRENT[::-1], -RECURRENT, RECURRENT.T])
LSTM_B_IH, LSTM_B_HH = np.tile(BIAS, 4), np.zeros(12)
GRU_W_IH = np.vstack([INPUT, -INPUT, 2 * INPUT])
GRU_W_HH = np.vstack([RECURRENT, RECURRENT[::-1], -RECURRENT])
GRU_B_IH, GRU_B_HH = np.tile(BIAS, 3), np.tile(BIAS[::-1], 3)
NONE_YET = np.zeros(3)

Bias = Annotated[float, Real()]


@example
def lstm_cell(
    *,
    x: Matrix = SEQUENCE,
    W_ih: Matrix = LSTM_W_IH,
    W_hh: Matrix = LSTM_W_HH,
    b_ih: Vector = LSTM_B_IH,
    b_hh: Vector = LSTM_B_HH,
    h_0: Vector = NONE_YET,
    c_0: Vector = NONE_YET,
    forget_bias: Bias = 0.0,
) -> Working:
    """An LSTM (Hochreiter and Schmidhuber 1997; the forget gate is of Gers et al. 2000).

    The weights and both biases are stacked as in PyTorch's `nn.LSTM`, gate by gate: i, f, g, o.
    `forget_bias` is added to the forget gate's.
    """
    units = _check_shapes(x, W_ih, W_hh, 4, b_ih=b_ih, b_hh=b_hh, h_0=h_0, c_0=c_0)
    start = np.repeat([0, forget_bias, 0, 0], units)  # (4h,)

    h, c = h_0, c_0  # (h,)
    history = []
    for x_t in x:
        z = W_ih @ x_t + b_ih + W_hh @ h + b_hh + start  # (4h,)
        z_i, z_f, z_g, z_o = np.split(z, 4)
        i, f, g, o = sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o)
        c = f * c + i * g
        h = o * np.tanh(c)
        history.append((i, f, g, o, c, h))
    gates_i, gates_f, written, gates_o, cells, hidden = np.stack(history, axis=1)  # each (T, h)

    # The cell state is what each step wrote, times all the forget gates since.
    kept = np.vstack([np.cumprod(gates_f[::-1], axis=0)[::-1], np.ones(units)])  # (T + 1, h)
    unrolled = kept[0] * c_0 + (kept[1:] * gates_i * written).sum(axis=0)

    before = np.vstack([h_0, hidden])[-2]
    sums = _sums(x[-1], before, W_ih, W_hh, b_ih + b_hh + start)
    past, last = np.vstack([c_0, cells])[-2, 0], len(x)
    forgotten, added = gates_f[-1, 0], rf"{number(gates_i[-1, 0])} \cdot {operand(written[-1, 0])}"
    return Working(
        inputs={
            "x": x,
            "W_ih": W_ih,
            "W_hh": W_hh,
            "b_ih": b_ih,
            "b_hh": b_hh,
            "h_0": h_0,
            "c_0": c_0,
        },
        steps=(
            _gate("i", r"\sigma", sums[0], gates_i, "The input gate: how much is written."),
            _gate("f", r"\sigma", sums[1], gates_f, "The forget gate: how much of c is kept."),
            _gate("g", r"\tanh", sums[2], written, "The candidate: what would be written."),
            _gate("o", r"\sigma", sums[3], gates_o, "The output gate: how much of c is shown."),
            Step(
                "c",
                r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
                rf"c_{{{last}1}} = {number(forgotten)} \cdot {operand(past)} + {added} "
                f"{equals(cells[-1, 0])}",
                cells,
                "The cell state is added to, not squashed: gradients pass along it by way of f.",
            ),
            Step(
                "h",
                r"h_t = o_t \odot \tanh(c_t)",
                rf"h_{{{last}1}} = {number(gates_o[-1, 0])} \cdot \tanh({number(cells[-1, 0])}) "
                f"{equals(hidden[-1, 0])}",
                hidden,
                "What the next step and the layer above see.",
            ),
        ),
        results={"h": hidden, "c": cells, "h_T": hidden[-1], "c_T": cells[-1]},
        axes=_axes(
            len(x), units, "ifgo", ("i", "f", "g", "o", "c", "h"), ("h_0", "c_0", "h_T", "c_T")
        ),
        plots=(_over_time("cell state over time", "c", cells),),
        invariants=(
            same(
                "c_T is what each step wrote times the forget gates since",
                unrolled,
                cells[-1],
                scale=np.abs(c_0) + last,
            ),
            same("every state h lies from -1 to 1", np.maximum(np.abs(hidden) - 1, 0), 0.0),
        ),
        conventions=(
            "PyTorch stacks the gates in the order i, f, g, o; Keras uses i, f, c, o.",
            "PyTorch keeps two biases, b_ih and b_hh; only their sum matters.",
        ),
        tries=(
            Try(("forget_bias=1",), "an open forget gate keeps more, a common start for training"),
            Try(("forget_bias=-20",), "a closed forget gate wipes c at every step"),
            Try(("c_0=5,5,5",), "what was stored fades with the forget gates"),
        ),
    )


@example
def gru_cell(
    *,
    x: Matrix = SEQUENCE,
    W_ih: Matrix = GRU_W_IH,
    W_hh: Matrix = GRU_W_HH,
    b_ih: Vector = GRU_B_IH,
    b_hh: Vector = GRU_B_HH,
    h_0: Vector = NONE_YET,
) -> Working:
    """A gated recurrent unit (Cho et al. 2014), in the variant of PyTorch's `nn.GRU`.

    The weights and both biases are stacked gate by gate: r, z, n.
    """
    units = _check_shapes(x, W_ih, W_hh, 3, b_ih=b_ih, b_hh=b_hh, h_0=h_0)

    h = h_0  # (h,)
    history = []
    for x_t in x:
        a_r, a_z, a_n = np.split(W_ih @ x_t + b_ih, 3)  # each (h,)
        m_r, m_z, m_n = np.split(W_hh @ h + b_hh, 3)
        r, z = sigmoid(a_r + m_r), sigmoid(a_z + m_z)
        n = np.tanh(a_n + r * m_n)  # the reset gate acts after the product and its bias
        h = (1 - z) * n + z * h
        history.append((r, z, n, h))
    resets, updates, candidates, hidden = np.stack(history, axis=1)  # each (T, h)

    before = np.vstack([h_0, hidden])[:-1]  # (T, h)
    low, high = np.minimum(before, candidates), np.maximum(before, candidates)
    sums = _sums(x[-1], before[-1], W_ih, W_hh, b_ih + b_hh)
    last, row = len(x), 2 * units
    drive = f"{dot(W_ih[row], x[-1])} + {operand(b_ih[row])}"
    recall = f"{dot(W_hh[row], before[-1])} + {operand(b_hh[row])}"
    share, new, old = updates[-1, 0], candidates[-1, 0], before[-1, 0]
    return Working(
        inputs={"x": x, "W_ih": W_ih, "W_hh": W_hh, "b_ih": b_ih, "b_hh": b_hh, "h_0": h_0},
        steps=(
            _gate("r", r"\sigma", sums[0], resets, "The reset gate: how much of the past n hears."),
            _gate("z", r"\sigma", sums[1], updates, "The update gate: how much of h stays."),
            Step(
                "n",
                r"n_t = \tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn}))",
                rf"n_{{{last}1}} = \tanh({drive} + {number(resets[-1, 0])} \cdot ({recall})) "
                f"{equals(new)}",
                candidates,
                "The candidate; r scales the finished product with the state before.",
            ),
            Step(
                "h",
                r"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}",
                rf"h_{{{last}1}} = (1 - {number(share)}) \cdot {operand(new)} + "
                rf"{number(share)} \cdot {operand(old)} {equals(hidden[-1, 0])}",
                hidden,
                "One state does both jobs, somewhere between the old one and the candidate.",
            ),
        ),
        results={"h": hidden, "h_T": hidden[-1]},
        axes=_axes(len(x), units, "rzn", (*"rznh",), ("h_0", "h_T")),
        plots=(_over_time("hidden state over time", "h", hidden),),
        invariants=(
            same(
                "each state lies between the one before and its candidate",
                np.clip(hidden, low, high),
                hidden,
            ),
        ),
        conventions=(
            "The reset gate acts after the matrix product, W_hn h + b_hn, as in PyTorch.",
            "Cho et al. (2014) reset h before the product: same size, other numbers.",
            "Here z keeps the old state, as in Cho et al.; some texts swap z and 1 - z.",
        ),
        tries=(
            Try(("b_hh=0,0,0,20,20,20,0,0,0",), "z near 1: the state hardly moves"),
            Try(("b_hh=-20,-20,-20,0,0,0,0,0,0",), "r near 0: the candidate forgets the past"),
            Try(("h_0=1,1,1",), "another start"),
        ),
    )


def _check_shapes(x: Array, W_ih: Array, W_hh: Array, blocks: int, **vectors: Array) -> int:
    """Return the number of hidden units, once everything fits it.

    Biases have an entry for each unit of each block, states (`h_0`, `c_0`) one for each unit.
    """
    h, d = int(W_hh.shape[1]), x.shape[1]
    need = f"{blocks} blocks of {h} units need"
    for name, W, columns in (("W_ih", W_ih, d), ("W_hh", W_hh, h)):
        given = f"{name} is {W.shape[0]} x {W.shape[1]}; {need} {blocks * h} x {columns}"
        require(W.shape == (blocks * h, columns), given)
    for name, vector in vectors.items():
        size = blocks * h if name.startswith("b_") else h
        require(vector.size == size, f"{name} has {vector.size} entries; {need} {size}")
    return h


def _sums(x_t: Array, h: Array, W_ih: Array, W_hh: Array, b: Array) -> list[str]:
    """Write what goes into the first unit of each block at the last step."""
    return [
        f"{dot([*W_ih[row], *W_hh[row]], [*x_t, *h])} + {operand(b[row])}"
        for row in range(0, len(W_hh), W_hh.shape[1])
    ]


def _gate(name: str, bend: str, sum_: str, values: Array, note: str) -> Step:
    parts = rf"W_{{i{name}}} x_t + W_{{h{name}}} h_{{t-1}} + b_{name}"
    written = rf"{name}_{{{len(values)}1}} = {bend}({sum_}) {equals(values[-1, 0])}"
    return Step(name, rf"{name}_t = {bend}({parts})", written, values, note)


def _axes(
    count: int, units: int, blocks: str, tables: tuple[str, ...], vectors: tuple[str, ...]
) -> dict[str, Axes]:
    """Name the time steps, the hidden units, and the units of each block of the weights."""
    moments = tuple(f"t={t}" for t in range(1, count + 1))
    hidden = tuple(f"h{j}" for j in range(1, units + 1))
    stacked = tuple(f"{name}{j}" for name in blocks for j in range(1, units + 1))
    return {
        "x": (moments, ()),
        "W_ih": (stacked, ()),
        "W_hh": (stacked, hidden),
        **dict.fromkeys(("b_ih", "b_hh"), (stacked,)),
        **dict.fromkeys(tables, (moments, hidden)),
        **dict.fromkeys(vectors, (hidden,)),
    }


def _over_time(title: str, symbol: str, values: Array) -> Plot:
    moments = np.arange(1, len(values) + 1)
    series = (Series(f"{symbol}{j + 1}", moments, values[:, j]) for j in range(values.shape[1]))
    return Plot("line", title, "time step", symbol, tuple(series))
