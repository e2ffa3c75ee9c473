"""Padding, packing and masked losses (questions 14 and 15) against torch."""

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, equal, generators, tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from nnquiz.examples.cross_entropy import label_smoothing, masked_loss
from nnquiz.examples.padding import masked_softmax, pad_mask_pack


@pytest.mark.parametrize("side", ["right", "left"])
def test_packing_equals_torch(side: str) -> None:
    """The grid, batch sizes and data of pad_sequence and pack_padded_sequence."""
    for random in generators():
        given = {"lengths": random.integers(1, 12, random.integers(1, 9))} if random else {}
        trace = pad_mask_pack(side=side, **given)
        right = pad_mask_pack(**given)
        grid = np.asarray(right.results["padded"])
        lengths = np.array(trace.inputs["lengths"])
        sequences = [torch.tensor(row[:size]) for row, size in zip(grid, lengths, strict=True)]
        padded = pad_sequence(sequences, batch_first=True, padding_side=side)
        agree(trace, "padded", padded)
        agree(trace, "mask", padded != 0)

        unpadded = pad_sequence(sequences, batch_first=True)
        packed = pack_padded_sequence(
            unpadded, torch.tensor(lengths), batch_first=True, enforce_sorted=False
        )
        agree(trace, "batch_sizes", packed.batch_sizes)
        if np.unique(lengths).size == lengths.size:  # torch may order equal lengths otherwise
            agree(trace, "sorted_indices", packed.sorted_indices)
            agree(trace, "data", packed.data)
        equal(np.sort(np.asarray(trace.results["data"])), packed.data.sort().values)
        back, sizes = pad_packed_sequence(packed, batch_first=True)
        agree(right, "padded", back)
        equal(lengths, sizes)


def test_masked_softmax_equals_torch() -> None:
    """The right weights by masked_fill before, the wrong ones by a product after."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 9))
            given = {"scores": random.normal(size=n), "mask": [1, *random.integers(0, 2, n - 1)]}
        trace = masked_softmax(**given)
        scores, mask = tensor(trace.inputs["scores"]), tensor(trace.inputs["mask"])
        agree(
            trace,
            "weights",
            torch.softmax(scores.masked_fill(mask == 0, float("-inf")), dim=-1),
        )
        agree(trace, "wrong", torch.softmax(scores, dim=-1) * mask)


@pytest.mark.parametrize("ignored", [-100, 0, 2])
def test_masked_loss_equals_torch(ignored: int) -> None:
    """F.cross_entropy with ignore_index, as mean and entry by entry."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, classes = int(random.integers(1, 9)), int(random.integers(3, 6))
            labels = [1, *random.integers(0, classes, n - 1)]
            padding = [False, *random.integers(0, 2, n - 1).astype(bool)]
            given = {"logits": random.normal(0, 3, (n, classes)), "ignore_index": ignored}
            given["targets"] = np.where(padding, ignored, labels)
        trace = masked_loss(**given)
        logits = tensor(trace.inputs["logits"])
        targets = torch.tensor(np.array(trace.inputs["targets"]))
        index = trace.params["ignore_index"]
        agree(trace, "loss", F.cross_entropy(logits, targets, ignore_index=index))
        agree(
            trace,
            "losses",
            F.cross_entropy(logits, targets, ignore_index=index, reduction="none"),
        )
        agree(trace, "log_p", F.log_softmax(logits, dim=-1))


@pytest.mark.parametrize("eps", [0.0, 0.1, 0.5, 1.0])
def test_label_smoothing_equals_torch(eps: float) -> None:
    """F.cross_entropy with label_smoothing, as mean and row by row."""
    for random in generators():
        given: dict[str, Any] = {"eps": eps}
        if random:
            n, classes = int(random.integers(1, 9)), int(random.integers(2, 6))
            given["logits"] = random.normal(0, 3, (n, classes))
            given["labels"] = random.integers(0, classes, n)
        trace = label_smoothing(**given)
        logits = tensor(trace.inputs["logits"])
        labels = torch.tensor(np.array(trace.inputs["labels"]))
        agree(trace, "loss", F.cross_entropy(logits, labels, label_smoothing=eps))
        agree(
            trace,
            "losses",
            F.cross_entropy(logits, labels, label_smoothing=eps, reduction="none"),
        )
