"""The examples of question 19 against torch, scikit-learn and torchmetrics."""
# ruff: noqa: N806 -- U and V are the names of the formulas

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, equal, generators, tensor
from sklearn.metrics import ndcg_score
from torch.nn import functional
from torchmetrics.functional import retrieval

from nnquiz.examples.recommendation import bpr_step, ranking_metrics, two_tower_score


@pytest.mark.parametrize("similarity", ["dot", "cosine"])
def test_two_tower_score_equals_torch(similarity: str) -> None:
    """Embeddings are F.linear's, the best items are those of torch.topk."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, m, f, g, d = (int(random.integers(1, 7)) for _ in range(5))
            given = {"users": random.normal(size=(n, f)), "items": random.normal(size=(m, g))}
            given |= {"A": random.normal(size=(d, f)), "B": random.normal(size=(d, g))}
            given["k"] = int(random.integers(1, m + 1))
        trace = two_tower_score(**given, similarity=similarity)
        users, items, A, B = (tensor(v) for v in trace.inputs.values())
        U, V = functional.linear(users, A), functional.linear(items, B)
        if similarity == "cosine":
            scores = functional.cosine_similarity(U[:, None], V[None], dim=-1)
        else:
            scores = torch.einsum("nd,md->nm", U, V)
        agree(trace, "scores", scores)
        k = trace.params["k"]
        best = torch.topk(scores, k)
        found = np.asarray(trace.results["top"]) - 1
        equal(np.take_along_axis(scores.numpy(), found, axis=1), best.values)
        if (np.diff(np.sort(scores), axis=1) > 1e-9).all():  # cosines on one line tie
            agree(trace, "top", best.indices + 1)


def test_bpr_step_equals_torch() -> None:
    """The loss is -logsigmoid with the penalty; gradients by autograd, the step by SGD."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            d = int(random.integers(1, 7))
            given = {name: random.normal(size=d) for name in "uij"}
            given |= {"lr": random.uniform(0.01, 1), "reg": random.uniform(0, 0.5)}
        trace = bpr_step(**given)
        u, i, j = (tensor(trace.inputs[name]).requires_grad_() for name in "uij")
        penalty = sum((v**2).sum() for v in (u, i, j)) * trace.params["reg"] / 2
        loss = -functional.logsigmoid(u @ i - u @ j) + penalty
        optimiser = torch.optim.SGD([u, i, j], lr=trace.params["lr"])
        loss.backward()  # type: ignore[no-untyped-call]
        agree(trace, "loss", loss.detach())
        agree(trace, "gradients", torch.stack([v.grad for v in (u, i, j)]))  # type: ignore[misc]
        optimiser.step()
        for name, v in (("u_new", u), ("i_new", i), ("j_new", j)):
            agree(trace, name, v.detach())


@pytest.mark.parametrize("gain", ["linear", "exponential"])
def test_ranking_metrics_equal_sklearn_and_torchmetrics(gain: str) -> None:
    """NDCG is scikit-learn's on the gains; the others are torchmetrics' on relevant or not.

    torchmetrics counts in float32, hence 1e-6 for its measures; precision, recall and hit are
    counted anew beside it.
    """
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(2, 12))
            rel = random.integers(0, 4, n)
            rel[int(random.integers(0, n))] = 2  # one at least is relevant
            given = {"rel": rel, "k": int(random.integers(1, n + 1))}
        trace = ranking_metrics(**given, gain=gain)
        rel, k = np.asarray(trace.inputs["rel"]), trace.params["k"]
        order = np.arange(len(rel), 0, -1.0)
        gains = rel if gain == "linear" else 2**rel - 1
        results = trace.results
        agree(trace, "ndcg", ndcg_score([gains], [order], k=k))
        relevant = [r > 0 for r in rel.tolist()]
        agree(trace, "recall", sum(relevant[:k]) / sum(relevant))
        agree(trace, "precision", sum(relevant[:k]) / k)
        agree(trace, "hit_rate", any(relevant[:k]))
        agree(trace, "mrr", 1 / (1 + relevant.index(True)))
        preds, target = torch.tensor(order), torch.tensor(relevant)
        for name, value in {
            "ap": retrieval.retrieval_average_precision(preds, target),
            "mrr": retrieval.retrieval_reciprocal_rank(preds, target),
            "recall": retrieval.retrieval_recall(preds, target, top_k=k),
            "precision": retrieval.retrieval_precision(preds, target, top_k=k),
            "hit_rate": retrieval.retrieval_hit_rate(preds, target, top_k=k),
        }.items():
            assert results[name] == pytest.approx(float(value), abs=1e-6)
        by_hand = [sum(relevant[: i + 1]) / (i + 1) for i in range(len(rel)) if relevant[i]]
        agree(trace, "ap", sum(by_hand) / len(by_hand))
