"""The examples of question 21 against torch."""

from typing import Any

import torch
from agreement import agree, generators, tensor
from torch import distributions
from torch.nn import functional

from nnquiz.examples.clustering import deep_clustering
from nnquiz.examples.contrastive import nt_xent
from nnquiz.examples.masked_language import masked_lm
from nnquiz.examples.variational import vae_elbo

MODE = "donot_use_mm_for_euclid_dist"  # the quick way loses half of the digits


def test_nt_xent_is_a_cross_entropy() -> None:
    """Cosines over the temperature, the diagonal masked, the partner as target."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            pairs, d = int(random.integers(1, 6)), int(random.integers(1, 6))
            given = {"z": random.normal(size=(2 * pairs, d)), "tau": random.uniform(0.05, 2)}
        trace = nt_xent(**given)
        z = functional.normalize(tensor(trace.inputs["z"]), dim=1)
        logits = z @ z.T / trace.params["tau"]
        logits = logits.masked_fill(torch.eye(len(z), dtype=torch.bool), float("-inf"))
        targets = torch.arange(len(z)).view(-1, 2).flip(1).flatten()
        agree(trace, "P", torch.softmax(logits, dim=1))
        agree(trace, "losses", functional.cross_entropy(logits, targets, reduction="none"))
        agree(trace, "loss", functional.cross_entropy(logits, targets))


def test_vae_elbo_equals_torch_distributions() -> None:
    """The KL of two Normals in closed form, and the log probability under the decoder's."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            k, d = int(random.integers(1, 5)), int(random.integers(1, 6))
            given = {name: random.normal(size=k) for name in ("mu", "log_var", "eps")}
            given |= {"x": random.normal(size=d), "b": random.normal(size=d)}
            given |= {"W": random.normal(size=(d, k)), "beta": random.uniform(0, 4)}
        trace = vae_elbo(**given)
        mu, log_var, eps, x, weight, b = (tensor(value) for value in trace.inputs.values())
        q = distributions.Normal(mu, log_var.exp().sqrt())
        z = q.loc + q.scale * eps
        agree(trace, "z", z)
        prior = distributions.Normal(torch.zeros_like(mu), torch.ones_like(mu))
        kl = distributions.kl_divergence(q, prior).sum()
        decoded = functional.linear(z, weight, b)
        recon = distributions.Normal(decoded, torch.ones_like(x)).log_prob(x).sum()
        agree(trace, "x_hat", decoded)
        agree(trace, "kl", kl)
        agree(trace, "recon", recon)
        agree(trace, "elbo", recon - trace.params["beta"] * kl)


def test_deep_clustering_equals_torch() -> None:
    """Assignments from torch's Student t, targets from them, their divergence by kl_div."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, k, d = int(random.integers(1, 9)), int(random.integers(1, 5)), 3
            given = {"z": random.normal(0, 2, (n, d)), "mu": random.normal(0, 2, (k, d))}
            given["alpha"] = random.uniform(0.3, 5)
        trace = deep_clustering(**given)
        z, mu = tensor(trace.inputs["z"]), tensor(trace.inputs["mu"])
        alpha = torch.tensor(trace.params["alpha"], dtype=torch.float64)
        # The exponent of a t distribution in one dimension is that of DEC, -(alpha + 1) / 2.
        log_t = distributions.StudentT(alpha).log_prob(torch.cdist(z, mu, compute_mode=MODE))
        q = torch.softmax(log_t, dim=1)
        agree(trace, "q", q)
        p = q**2 / q.sum(dim=0)
        p = p / p.sum(dim=1, keepdim=True)
        agree(trace, "p", p)
        agree(trace, "kl", functional.kl_div(q.log(), p, reduction="sum"))


def test_masked_lm_is_a_cross_entropy_that_ignores_the_rest() -> None:
    """Targets of -100 wherever nothing is masked."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, words = int(random.integers(1, 9)), int(random.integers(1, 7))
            vocabulary = [f"w{i}" for i in range(words)]
            mask = random.integers(0, 2, n)
            mask[random.integers(0, n)] = 1
            given = {"logits": random.normal(0, 3, (n, words)), "vocabulary": vocabulary}
            given |= {"mask": mask, "tokens": random.choice(vocabulary, n).tolist()}
        trace = masked_lm(**given)
        names = list(trace.params["vocabulary"])
        targets = torch.tensor([names.index(token) for token in trace.params["tokens"]])
        targets[tensor(trace.inputs["mask"]) == 0] = -100
        logits = tensor(trace.inputs["logits"])
        agree(trace, "loss", functional.cross_entropy(logits, targets, ignore_index=-100))
        each = functional.cross_entropy(logits, targets, reduction="none")
        agree(trace, "losses", each[targets != -100])
        agree(trace, "perplexity", functional.cross_entropy(logits, targets).exp())
