"""Oracles of question 19: scikit-learn's ranking measures, torch's loss and embeddings."""

import torch
from sklearn.metrics import average_precision_score, ndcg_score, recall_score
from torch import nn
from torch.nn import functional


def ndcg(p):
    return ndcg_score([p["ranked"]], [range(len(p["ranked"]), 0, -1)], k=3)


def bpr(p):
    difference = torch.tensor(p["positive"] - p["negative"], dtype=torch.float64)
    return -functional.logsigmoid(difference).item()


def embeddings(p):
    with torch.device("meta"):
        tables = [nn.Embedding(p[key], p["dim"]) for key in ("users", "items")]
        return sum(table.weight.numel() for table in tables)


def recall(p):
    """Label the relevant items, and predict the top k."""
    hits, missed = p["hits"], p["relevant"] - p["hits"]
    relevant = [1] * (hits + missed) + [0] * (p["k"] - hits)
    predicted = [1] * hits + [0] * missed + [1] * (p["k"] - hits)
    return recall_score(relevant, predicted)


def mean_average_precision(p):
    """Scale each user's average precision over the hits to that over the relevant items."""
    averages = [
        average_precision_score(top, range(5, 0, -1)) * sum(top) / min(5, relevant)
        for top, relevant in zip(p["tops"], p["relevant"], strict=True)
    ]
    return sum(averages) / len(averages)


ORACLES = {
    "ndcg3": ndcg,
    "bpr": bpr,
    "embedding_params": embeddings,
    "recall_at_k": recall,
    "map_at_k": mean_average_precision,
}
