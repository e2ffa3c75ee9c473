"""nnquiz: a terminal coach for the neural-network part of a machine-learning interview."""

__version__ = "0.1.0"  # a constant: importlib.metadata would cost two bare interpreter starts
