"""Oracles of question 9: signals shifted by numpy, convolved and pooled by torch."""

import math

import numpy as np
import torch
from torch.nn import functional


def peak(p):
    """Convolve a pulse, circularly, with a kernel whose peak is in its middle, and find it."""
    pulse = np.zeros(p["width"])
    pulse[p["peak"]] = 1.0
    padded = functional.pad(
        torch.from_numpy(np.roll(pulse, p["shift"]))[None, None], (1, 1), mode="circular"
    )
    kernel = torch.tensor([[[0.5, 1.0, 0.5]]], dtype=torch.float64)
    return int(functional.conv1d(padded, kernel).argmax())


def pooling(p):
    x = np.array(p["x"], dtype=np.float64)
    both = torch.from_numpy(np.stack([x, np.roll(x, 1)]))
    before, after = functional.max_pool1d(both, 2)
    return (before - after).abs().sum().item()


def strided(p):
    """Send two pulses, the shift apart, through the convolutions and measure their distance."""
    margin, total = 64, math.prod(p["strides"])
    signal = torch.zeros(1, 1, 2 * margin * total + p["shift"] + 1)
    signal[0, 0, margin * total] = signal[0, 0, margin * total + p["shift"]] = 1.0
    for stride in p["strides"]:
        signal = functional.conv1d(signal, torch.ones(1, 1, 1), stride=stride)
    first, last = signal[0, 0].nonzero().flatten().tolist()
    return last - first


ORACLES = {
    "conv_shift": peak,
    "maxpool_shift": pooling,
    "stride_shift": strided,
}
