"""Oracles of question 12: torch's attention, masks written out, and tensors weighed."""

import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention
from torch.utils.flop_counter import FlopCounterMode


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def weight(p):
    """Let the values be 1 for the first token and 0 for the second."""
    query, keys = tensor([[p["q"]]]), tensor([[p["k1"], p["k2"]]])
    assert query.shape[-1] == p["d_k"]
    return scaled_dot_product_attention(query, keys, tensor([[[1.0], [0.0]]])).item()


def output(p):
    """A query of 1 and keys equal to the scores: the root of a width of 1 changes nothing."""
    keys, values = tensor([p["scores"]]).mT, tensor([p["values"]]).mT
    return scaled_dot_product_attention(tensor([[[1.0]]]), keys[None], values[None]).item()


def parameters(p):
    with torch.device("meta"):
        attention = nn.MultiheadAttention(p["d_model"], p["heads"])
    return sum(parameter.numel() for parameter in attention.parameters())


def allowed(p):
    """Count the places that the mask leaves open."""
    return int(torch.ones(p["n"], p["n"], dtype=torch.bool).tril().sum())


def cache(p):
    """Weigh the cached tensors of a decoder, on a device that needs no memory for them."""
    kept = {"fp16": torch.float16, "int8": torch.int8}[p["format"]]
    shape = (p["layers"], p["shared"], p["tokens"], p["size"])
    keys, values = (torch.empty(shape, dtype=kept, device="meta") for _ in ("keys", "values"))
    return keys.nbytes + values.nbytes


def macs(p):
    """Let torch count the operations of the two products, two to a multiply-accumulate."""
    shape = (1, p["heads"], p["tokens"], p["d_model"] // p["heads"])
    queries, keys, values = (torch.empty(shape, device="meta") for _ in "qkv")
    with FlopCounterMode(display=False) as counter:
        (queries @ keys.mT).softmax(-1) @ values
    return counter.get_total_flops() // 2


ORACLES = {
    "attn_two_tokens": weight,
    "attn_output": output,
    "mha_params": parameters,
    "causal_nonzero": allowed,
    "kv_cache_bytes": cache,
    "attention_macs": macs,
}
