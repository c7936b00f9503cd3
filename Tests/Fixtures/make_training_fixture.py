#!/usr/bin/env python3
"""Writes training-steps.json: steps of a small perceptron computed by PyTorch in float64.

Run with PyTorch 2.x and NumPy:  python3 Tests/Fixtures/make_training_fixture.py
All inputs are multiples of 1/64, so that float32 holds them exactly. For each optimizer the file has the loss of each
step, the gradients of the first step and the parameters after each step.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
rng = np.random.default_rng(20261122)

SIZES = [7, 5, 4, 3]
BATCH = 6
STEPS = 5


def grid(*shape):
    return rng.integers(-64, 65, size=shape).astype(np.float64) / 64


PARAMETERS = {}
for layer, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:]), start=1):
    PARAMETERS[f"linear{layer}.weight"] = grid(outputs, inputs)
    PARAMETERS[f"linear{layer}.bias"] = grid(outputs)
INPUTS = grid(STEPS * BATCH, SIZES[0])
LABELS = rng.integers(0, SIZES[-1], size=STEPS * BATCH)


def forward(parameters, x, activation):
    for layer in range(1, len(SIZES)):
        x = torch.nn.functional.linear(
            x, parameters[f"linear{layer}.weight"], parameters[f"linear{layer}.bias"])
        if layer + 1 < len(SIZES):
            x = activation(x)
    return x


LOSSES = {"mean_squared_error": torch.nn.functional.mse_loss, "l1": torch.nn.functional.l1_loss}


def run(name, make, loss_name="cross_entropy", smoothing=0.0, activation="relu", clip=None):
    parameters = {
        key: torch.tensor(value, requires_grad=True) for key, value in PARAMETERS.items()}
    optimizer = make(list(parameters.values()))
    function = {"relu": torch.relu, "tanh": torch.tanh, "gelu": torch.nn.functional.gelu,
                "silu": torch.nn.functional.silu, "sigmoid": torch.sigmoid,
                "gelu: tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
                "hard_swish": torch.nn.functional.hardswish,
                "mish": torch.nn.functional.mish, "selu": torch.selu}[activation]
    losses, norms, states, gradients = [], [], [], None
    for step in range(STEPS):
        rows = slice(step * BATCH, (step + 1) * BATCH)
        x, t = torch.tensor(INPUTS[rows]), torch.tensor(LABELS[rows])
        y = forward(parameters, x, function)
        if loss_name == "cross_entropy":
            loss = torch.nn.functional.cross_entropy(y, t, label_smoothing=smoothing)
        else:
            loss = LOSSES[loss_name](y, torch.nn.functional.one_hot(t, SIZES[-1]).to(y.dtype))
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.cat([p.grad.flatten() for p in parameters.values()]).norm().item())
        if gradients is None:
            gradients = {k: p.grad.flatten().tolist() for k, p in parameters.items()}
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(parameters.values(), clip)
        optimizer.step()
        losses.append(loss.item())
        states.append({k: p.detach().flatten().tolist() for k, p in parameters.items()})
    return {"name": name, "loss": loss_name, "smoothing": smoothing, "activation": activation,
            "clip": clip, "losses": losses, "norms": norms, "gradients": gradients,
            "parameters": states}


SGD, ADAM, ADAMW = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
CASES = [
    run("sgd", lambda p: SGD(p, lr=0.1)),
    run("sgd-decay", lambda p: SGD(p, lr=0.1, weight_decay=0.05)),
    run("momentum", lambda p: SGD(p, lr=0.1, momentum=0.9)),
    run("nesterov", lambda p: SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
    run("adam", lambda p: ADAM(p, lr=0.01)),
    run("adam-decay", lambda p: ADAM(p, lr=0.01, weight_decay=0.05)),
    run("adamw", lambda p: ADAMW(p, lr=0.01, weight_decay=0.05)),
    run("sgd", lambda p: SGD(p, lr=0.1), loss_name="mean_squared_error"),
    run("sgd", lambda p: SGD(p, lr=0.1), smoothing=0.1, activation="tanh"),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="gelu"),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="silu"),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="sigmoid"),
    run("momentum", lambda p: SGD(p, lr=0.1, momentum=0.9), clip=0.25),
    run("dampened", lambda p: SGD(p, lr=0.1, momentum=0.9, dampening=0.3)),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="gelu: tanh"),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="mish"),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="selu"),
    run("sgd", lambda p: SGD(p, lr=0.1), activation="hard_swish"),
    run("sgd", lambda p: SGD(p, lr=0.1), loss_name="l1"),
    run("rmsprop", lambda p: torch.optim.RMSprop(p, lr=0.01)),
    run("rmsprop-momentum",
        lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.9, weight_decay=0.05)),
]

path = pathlib.Path(__file__).with_name("training-steps.json")
path.write_text(json.dumps({
    "torch": torch.__version__, "sizes": SIZES, "batch": BATCH, "steps": STEPS,
    "initial": {k: v.flatten().tolist() for k, v in PARAMETERS.items()},
    "inputs": INPUTS.flatten().tolist(), "labels": LABELS.tolist(), "cases": CASES,
}, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
