"""Oracles of question 14: torch's padding, packing, masked tensors and softmax."""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence


def padding_waste(p):
    """Pad the batch for real and count the filler."""
    batch = pad_sequence([torch.ones(length) for length in p["lengths"]], padding_value=-1)
    return (batch == -1).sum().item() / batch.numel()


def masked_mean(p):
    values = torch.tensor(p["values"], dtype=torch.float64)
    values[p["valid"] :] = torch.nan
    return values.nanmean().item()


def masked_softmax(p):
    scores = torch.tensor(p["scores"], dtype=torch.float64)
    scores[p["valid"] :] = -torch.inf
    return scores.softmax(0)[0].item()


def packed_batch_size(p):
    lengths = [
        length
        for length, count in zip(p["lengths"], p["counts"], strict=True)
        for _ in range(count)
    ]
    batch = torch.zeros(len(lengths), max(lengths), 1)
    packed = pack_padded_sequence(batch, torch.tensor(lengths), batch_first=True)
    return packed.batch_sizes[p["step"]].item()


ORACLES = {
    "padding_waste": padding_waste,
    "masked_mean": masked_mean,
    "masked_softmax": masked_softmax,
    "packed_batch_size": packed_batch_size,
}
