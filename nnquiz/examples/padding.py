"""Question 14: sequences of several lengths, padded, packed and masked."""

from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.attention import softmax
from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, row, total
from nnquiz.examples.parameters import Labels, Tensor, Vector, require
from nnquiz.examples.trace import Array, Step, Try, Working, same

LENGTHS = np.array([4, 2, 3])
# The last two of four keys are padding; one of them scores highest.
SCORES = np.array([2.0, 1, 0, 3])
MASK = np.array([1, 1, 0, 0])
MOST_SEQUENCES = 9

Lengths = Annotated[Array, Tensor(1, whole=True, drawn=(1, 6), low=1, high=50)]
Side = Literal["right", "left"]


@example
def pad_mask_pack(*, lengths: Lengths = LENGTHS, side: Side = "right") -> Working:
    """Padding to a grid, the mask that goes with it, and packing without the padding.

    The entries are their own names: 12 is the second entry of the first sequence. Packing is
    that of PyTorch's `pack_padded_sequence` with `enforce_sorted=False`.
    """
    n, longest = lengths.size, int(lengths.max())
    require(n <= MOST_SEQUENCES, f"lengths has {n} entries; at most {MOST_SEQUENCES} sequences fit")
    base = 10 ** len(str(longest))  # 12 is sequence 1, entry 2; with long sequences 102
    names = base * np.arange(1, n + 1)[:, None] + np.arange(1, longest + 1)  # (n, longest)

    time = np.arange(longest)
    if side == "right":
        mask = time < lengths[:, None]  # (n, longest)
        padded = np.where(mask, names, 0)
    else:
        mask = time >= longest - lengths[:, None]
        padded = np.zeros_like(names)
        padded[mask] = names[time < lengths[:, None]]

    sorted_indices = np.argsort(-lengths, kind="stable")  # longest first
    batch_sizes = (lengths[:, None] > time).sum(axis=0)  # (longest,), how many still run
    by_length = names[sorted_indices]
    data = np.concatenate([by_length[:size, t] for t, size in enumerate(batch_sizes)])

    rows = tuple(f"seq {i}" for i in range(1, n + 1))
    moments = tuple(f"t={t}" for t in range(1, longest + 1))
    waste = 1 - lengths.sum() / mask.size
    return Working(
        inputs={"lengths": lengths},
        steps=(
            Step(
                "padded",
                r"\text{grid}: n \times \max_i L_i",
                rf"{n} \times {longest}",
                padded,
                "A rectangle needs equal lengths: zeros fill up the shorter ones.",
            ),
            Step(
                "mask",
                r"m_{it} = [t \le L_i]" if side == "right" else r"m_{it} = [t > T - L_i]",
                rf"m_{{1}} = {row(mask[0].astype(int))}",
                mask.astype(int),
                "1 where an entry is real, for whatever must not see the zeros.",
            ),
            Step(
                "waste",
                r"1 - \frac{\sum_i L_i}{n \cdot \max_i L_i}",
                rf"1 - \frac{{{lengths.sum()}}}{{{n} \cdot {longest}}} {equals(waste)}",
                waste,
                "The share of the grid that is padding; bucketing by length shrinks it.",
            ),
            Step(
                "sorted_indices",
                r"\pi = \text{argsort}(-L)",
                rf"L_\pi = {row(lengths[sorted_indices])}",
                sorted_indices,
                "Longest first, so that the sequences still running are always the top rows.",
            ),
            Step(
                "batch_sizes",
                r"b_t = \sum_i [L_i \ge t]",
                rf"b_{{{longest}}} = {batch_sizes[-1]}",
                batch_sizes,
                "How many sequences still run at each step.",
            ),
            Step(
                "data",
                r"\text{step by step, the first } b_t \text{ rows}",
                row(data),
                data,
                "What a recurrent network computes on: no padding at all.",
            ),
        ),
        results={
            "padded": padded,
            "mask": mask.astype(int),
            "waste": waste,
            "sorted_indices": sorted_indices,
            "batch_sizes": batch_sizes,
            "data": data,
        },
        axes={
            "lengths": (rows,),
            **dict.fromkeys(("padded", "mask"), (rows, moments)),
            "batch_sizes": (moments,),
        },
        invariants=(
            same("the batch sizes sum to the lengths", batch_sizes.sum(), lengths.sum()),
            same("packing keeps every entry once", np.sort(data), np.sort(padded[mask])),
        ),
        conventions=(
            "sorted_indices count from 0, as PyTorch's do.",
            "PyTorch packs right-padded grids; left padding suits generation.",
        ),
        tries=(
            Try(("side=left",), "padding in front: the last column is real for all"),
            Try(("lengths=8,1,1,1",), "one long sequence wastes most of the grid"),
            Try(("lengths=3,3,3",), "equal lengths need no padding"),
        ),
    )


@example
def masked_softmax(*, scores: Vector = SCORES, mask: Labels = MASK) -> Working:
    """Padding must leave the softmax before it normalises, not after.

    In `mask` 1 is a real key and 0 is padding.
    """
    given = f"scores has {scores.size} entries and mask has {mask.size}; each key has both"
    require(scores.size == mask.size, given)
    require(bool(mask.any()), "mask is 0 everywhere; one key at least must be real")

    masked = np.where(mask == 1, scores, -np.inf)
    weights = softmax(masked)
    unmasked = softmax(scores)
    wrong = unmasked * mask
    kept = wrong.sum()

    keys = tuple(f"k{j}" if real else f"pad{j}" for j, real in enumerate(mask, start=1))
    real = int(np.flatnonzero(mask)[0])
    below = total(f"e^{{{number(s)}}}" for s in masked)
    return Working(
        inputs={"scores": scores, "mask": mask},
        steps=(
            Step(
                "masked",
                r"s'_j = \begin{cases} s_j & m_j = 1 \\ -\infty & m_j = 0 \end{cases}",
                rf"s' = {row(masked)}",
                masked,
                "Before the softmax: e to the minus infinity is 0.",
            ),
            Step(
                "weights",
                r"w_j = \frac{e^{s'_j}}{\sum_k e^{s'_k}}",
                rf"w_{{{real + 1}}} = \frac{{e^{{{number(masked[real])}}}}}{{{below}}} "
                f"{equals(weights[real])}",
                weights,
                "Right: padding gets nothing and the rest sums to 1.",
            ),
            Step(
                "unmasked",
                r"u_j = \frac{e^{s_j}}{\sum_k e^{s_k}}",
                rf"u = {row(unmasked)}",
                unmasked,
                "The other way begins without a mask: padding takes its share.",
            ),
            Step(
                "wrong",
                r"v_j = m_j u_j",
                rf"v = {row(wrong)}",
                wrong,
                "Wrong: padding is struck out, but what it took is not given back.",
            ),
            Step(
                "kept",
                r"\sum_j v_j",
                rf"{total(map(number, wrong))} {equals(kept)}",
                kept,
                "What is left of the sum of 1: the output shrinks by it."
                if kept < 1
                else "Without padding nothing is lost.",
            ),
        ),
        results={"masked": masked, "weights": weights, "wrong": wrong, "kept": kept},
        axes=dict.fromkeys(("scores", "mask", "masked", "weights", "unmasked", "wrong"), (keys,)),
        invariants=(
            same("the right weights sum to 1", weights.sum(), 1.0),
            same("padding gets no weight", weights[mask == 0], 0.0),
            same("the wrong weights are the right ones, shrunk", weights * kept, wrong),
        ),
        conventions=(
            "Masks differ: here 1 is real; PyTorch's key_padding_mask has True for padding.",
            "A row that is padding throughout is 0/0: nan in PyTorch, refused here.",
        ),
        tries=(
            Try(("scores=2,1,0,30",), "a high score under the padding takes everything"),
            Try(("mask=1,1,1,1",), "without padding both agree"),
        ),
    )
