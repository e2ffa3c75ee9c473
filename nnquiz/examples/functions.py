"""Functions that several examples apply to each entry or each row of an array."""

import numpy as np

from nnquiz.examples.trace import Array


def softplus(z: Array) -> Array:
    """Return log(1 + exp(z)), without overflow."""
    return np.logaddexp(0, z)


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), without overflow."""
    return np.exp(-softplus(-z))


def log_softmax(z: Array) -> Array:
    """Return the logarithm of the softmax of each row, without overflow; exp(-inf) is 0."""
    shifted = z - z.max(axis=-1, keepdims=True)  # the shift changes nothing
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))
