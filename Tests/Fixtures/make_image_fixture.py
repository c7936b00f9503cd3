#!/usr/bin/env python3
"""Writes training-images.json: steps of two small image networks computed by PyTorch in float64.

Run with PyTorch 2.x and NumPy:  python3 Tests/Fixtures/make_image_fixture.py
Inputs and initial parameters are multiples of 1/64, so that float32 holds them exactly.
"""
import collections
import json
import pathlib

import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(20261123)
BATCH, STEPS, CLASSES, SHAPE = 4, 3, 3, (2, 8, 8)


class Residual(nn.Module):
    def __init__(self, body, projection):
        super().__init__()
        for name, module in body.items():
            self.add_module(name, module)
        self.projection = Named(projection)
        self.names = list(body)

    def forward(self, x):
        y = x
        for name in self.names:
            y = getattr(self, name)(y)
        return y + self.projection(x)


class Named(nn.Sequential):
    def __init__(self, modules):
        super().__init__(collections.OrderedDict(modules))


def lenet():
    return Named({
        "conv2d1": nn.Conv2d(2, 3, 3, padding=1), "tanh1": nn.Tanh(),
        "average_pool1": nn.AvgPool2d(2), "conv2d2": nn.Conv2d(3, 4, 3), "relu1": nn.ReLU(),
        "max_pool1": nn.MaxPool2d(2), "flatten1": nn.Flatten(), "linear1": nn.Linear(4, 3)})


def residual():
    return Named({
        "conv2d1": nn.Conv2d(2, 4, 3, padding=1, bias=False), "batch_norm1": nn.BatchNorm2d(4),
        "relu1": nn.ReLU(),
        "residual1": Residual(
            {"conv2d1": nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False),
             "batch_norm1": nn.BatchNorm2d(6), "relu1": nn.ReLU(),
             "conv2d2": nn.Conv2d(6, 6, 3, padding=1, bias=False),
             "batch_norm2": nn.BatchNorm2d(6)},
            {"conv2d1": nn.Conv2d(4, 6, 1, stride=2, bias=False),
             "batch_norm1": nn.BatchNorm2d(6)}),
        "relu2": nn.ReLU(), "group_norm1": nn.GroupNorm(2, 6),
        "layer_norm1": nn.LayerNorm((6, 4, 4)), "global_average_pool1": nn.AdaptiveAvgPool2d(1),
        "flatten1": nn.Flatten(), "linear1": nn.Linear(6, 3)})


def run(name, model):
    for parameter in model.parameters():
        with torch.no_grad():
            parameter.copy_(torch.tensor(
                rng.integers(-32, 33, size=tuple(parameter.shape)) / 64
                + (1 if parameter.dim() == 1 else 0)))
    initial = {k: v.flatten().tolist() for k, v in model.state_dict().items()
               if v.is_floating_point()}
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    inputs = rng.integers(-64, 65, size=(STEPS * BATCH, *SHAPE)) / 64
    labels = rng.integers(0, CLASSES, size=STEPS * BATCH)
    losses, states = [], []
    for step in range(STEPS):
        rows = slice(step * BATCH, (step + 1) * BATCH)
        loss = nn.functional.cross_entropy(
            model(torch.tensor(inputs[rows])), torch.tensor(labels[rows]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        states.append({k: v.flatten().tolist() for k, v in model.state_dict().items()
                       if v.is_floating_point()})
    model.eval()
    outputs = model(torch.tensor(inputs)).softmax(1)
    return {"name": name, "initial": initial, "inputs": inputs.flatten().tolist(),
            "labels": labels.tolist(), "losses": losses, "states": states,
            "probabilities": outputs.flatten().tolist()}


path = pathlib.Path(__file__).with_name("training-images.json")
path.write_text(json.dumps({
    "torch": torch.__version__, "batch": BATCH, "steps": STEPS,
    "cases": [run("lenet", lenet()), run("residual", residual())],
}, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
