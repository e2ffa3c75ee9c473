"""Oracles of question 5: one step of torch's optimisers and schedulers, in double precision."""

import torch
from torch import optim


def weight(value=0.0, gradient=0.0):
    parameter = torch.tensor([value], dtype=torch.float64, requires_grad=True)
    parameter.grad = torch.tensor([gradient], dtype=torch.float64)
    return parameter


def change(parameter, optimiser):
    before = parameter.item()
    optimiser.step()
    return parameter.item() - before


def sgd(p):
    w = weight(gradient=p["gradient"])
    optimiser = optim.SGD([w], lr=p["rate"], momentum=p["momentum"])
    optimiser.state[w]["momentum_buffer"] = torch.tensor([p["buffer"]], dtype=torch.float64)
    return change(w, optimiser)


def adam(p):
    w = weight(gradient=p["gradient"])
    return change(w, optim.Adam([w], lr=p["rate"], betas=(p["beta1"], p["beta2"]), eps=0))


def adamw(p):
    w = weight(value=p["w"])
    return change(w, optim.AdamW([w], lr=p["rate"], weight_decay=p["decay"]))


def memory(p):
    """Build the tensors of a model a million times smaller, and weigh them after one step."""
    w = torch.zeros(p["millions"], requires_grad=True)
    w.grad = torch.zeros_like(w)
    optimiser = optim.Adam([w])
    optimiser.step()
    moments = [tensor for tensor in optimiser.state[w].values() if tensor.numel() == w.numel()]
    return sum(tensor.nbytes for tensor in (w, w.grad, *moments))


def rmsprop(p):
    w = weight(gradient=p["gradient"])
    optimiser = optim.RMSprop([w], lr=p["rate"], alpha=p["alpha"], eps=0)
    optimiser.state[w] = {
        "step": torch.zeros(()),
        "square_avg": torch.tensor([p["v"]], dtype=torch.float64),
    }
    return change(w, optimiser)


def rate_after(schedule, optimiser, steps):
    for _ in range(steps):
        optimiser.step()
        schedule.step()
    return optimiser.param_groups[0]["lr"]


def cosine(p):
    optimiser = optim.SGD([weight()], lr=p["peak"])
    schedule = optim.lr_scheduler.CosineAnnealingLR(optimiser, p["total"], eta_min=p["floor"])
    return rate_after(schedule, optimiser, p["step"])


def warmup(p):
    """Take a twentieth of the steps: the schedule is the same line on a coarser grid."""
    grid = p["warmup"] // 20
    optimiser = optim.SGD([weight()], lr=p["peak"])
    schedule = optim.lr_scheduler.LambdaLR(optimiser, lambda step: step / 20)
    return rate_after(schedule, optimiser, p["step"] // grid)


def batch(p):
    """Count the samples one by one."""
    return sum(
        1 for _ in range(p["accumulated"]) for _ in range(p["devices"]) for _ in range(p["micro"])
    )


ORACLES = {
    "sgd_momentum_step": sgd,
    "adam_first_step": adam,
    "adamw_decay": adamw,
    "adam_memory": memory,
    "rmsprop_step": rmsprop,
    "cosine_lr": cosine,
    "warmup_lr": warmup,
    "effective_batch": batch,
}
