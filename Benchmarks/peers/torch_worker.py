"""PyTorch's side of the comparison: python torch_worker.py THREADS FOLDER, then requests on standard input.

`ROW FORM REPETITIONS [STEPS]` trains or infers that often and answers with one line of JSON. `job` trains one epoch of the
perceptron and ends: for the peak of memory. Data are tensors in memory, drawn by index; nothing but steps is timed.
"""
import json
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F
from torch import nn

THREADS, FOLDER = int(sys.argv[1]), Path(sys.argv[2])
torch.set_num_threads(THREADS)
torch.manual_seed(0)

BATCH = {"perceptron64": 64, "perceptron512": 512, "lenet": 64, "conv": 64, "conv-dry": 64, "resnet": 128}


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.projection = None
        if stride != 1:
            self.projection = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)), inplace=True)
        y = self.norm2(self.conv2(y))
        return F.relu(y + (x if self.projection is None else self.projection(x)), inplace=True)


def network(row):
    if row.startswith("perceptron"):
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
    if row == "lenet":
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    if row in ("conv", "conv-dry"):
        drop = [0.25, 0.5] if row == "conv" else [0, 0]
        return nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(inplace=True), nn.Conv2d(32, 64, 3), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Dropout(drop[0]), nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(inplace=True), nn.Dropout(drop[1]),
            nn.Linear(128, 10))
    blocks, inputs = [], 16
    for stage, outputs in enumerate((16, 32, 64)):
        for block in range(3):
            blocks.append(Block(inputs, outputs, 2 if stage and not block else 1))
            inputs = outputs
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True), *blocks,
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


DATA = {}


def samples(row):
    name = "color" if row == "resnet" else "gray"
    if name not in DATA:
        labels = numpy.fromfile(FOLDER / f"{name}.labels", numpy.uint8).astype(numpy.int64)
        pixels = numpy.fromfile(FOLDER / f"{name}.f32", numpy.float32)
        shape = (len(labels), 3, 32, 32) if name == "color" else (len(labels), 1, 28, 28)
        DATA[name] = torch.from_numpy(pixels.reshape(shape)), torch.from_numpy(labels)
    return DATA[name]


def optimizer(parameters, kind):
    options = {"fused": {"fused": True}, "foreach": {"foreach": True}, "plain": {}}[kind]
    return torch.optim.Adam(parameters, lr=0.001, **options)


class Training:
    """A form of a row: eager or compiled, with or without channels_last, and one of the forms of Adam."""

    def __init__(self, row, form):
        self.row, self.form = row, form
        parts = form.split("+")
        self.adam = parts[-1]
        self.model = network(row)
        values = torch.from_numpy(numpy.fromfile(FOLDER / f"{row}.weights", numpy.float32))
        self.initial, start = {}, 0
        for name, tensor in self.model.state_dict().items():
            if name.endswith("num_batches_tracked"):
                self.initial[name] = tensor.clone()
                continue
            self.initial[name] = values[start:start + tensor.numel()].reshape(tensor.shape).clone()
            start += tensor.numel()
        assert start == len(values), (start, len(values))
        x, y = samples(row)
        self.order = torch.from_numpy(numpy.fromfile(FOLDER / f"{row}.order", numpy.uint32).astype(numpy.int64))
        self.last = "channels_last" in parts
        if self.last:
            self.model = self.model.to(memory_format=torch.channels_last)
            x = x.contiguous(memory_format=torch.channels_last)
        self.x, self.y = x, y
        model = self.model
        self.loss = lambda x, y: F.cross_entropy(model(x), y)
        if "compile" in parts:
            self.loss = torch.compile(self.loss, dynamic=False)
        self.reset()
        # Each size of batch is met once before anything is timed.
        self.run(self.order[:BATCH[row] * 4])
        short = len(self.order) % BATCH[row]
        if short:
            self.run(self.order[:short])
        self.run(self.order[:BATCH[row] * 4])

    def reset(self):
        self.model.load_state_dict(self.initial)
        self.optimizer = optimizer(self.model.parameters(), self.adam)

    def run(self, order):
        losses, batch = [], BATCH[self.row]
        model, x, y, loss_of, step = self.model.train(), self.x, self.y, self.loss, self.optimizer.step
        zero = self.optimizer.zero_grad
        begin = time.perf_counter()
        for i in range(0, len(order), batch):
            index = order[i:i + batch]
            zero(set_to_none=True)
            loss = loss_of(x.index_select(0, index), y.index_select(0, index))
            loss.backward()
            step()
            losses.append(loss.detach())
        seconds = time.perf_counter() - begin
        counts = torch.tensor([min(batch, len(order) - i) for i in range(0, len(order), batch)], dtype=torch.float64)
        return seconds, float((torch.stack(losses).double() * counts).sum() / counts.sum())

    def measure(self, steps):
        self.reset()
        return self.run(self.order[:steps * BATCH[self.row]] if steps else self.order)


class Inference:
    def __init__(self, form):
        self.x = [row.reshape(1, 1, 28, 28).clone() for row in samples("perceptron64")[0][:1000]]
        model = network("perceptron64").eval()
        with torch.inference_mode():
            if form == "frozen":
                model = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, self.x[0])))
            if form == "compile":
                model = torch.compile(model)
            self.model = model
        self.measure(None)

    def measure(self, _):
        calls, model, x = 5000, self.model, self.x
        with torch.inference_mode():
            begin = time.perf_counter()
            for i in range(calls):
                model(x[i % 1000])
            return (time.perf_counter() - begin) / calls, None


class Product:
    def __init__(self, form):
        self.a, self.b = torch.rand(1024, 1024) - 0.5, torch.rand(1024, 1024) - 0.5
        self.c = torch.empty(1024, 1024)
        self.measure(None)

    def measure(self, _):
        best = float("inf")
        for _ in range(3):
            begin = time.perf_counter()
            torch.mm(self.a, self.b, out=self.c)
            best = min(best, time.perf_counter() - begin)
        return best, None


def make(row, form):
    if row == "inference":
        return Inference(form)
    if row == "matmul":
        return Product(form)
    return Training(row, form)


def serve():
    made = {}
    for line in sys.stdin:
        row, form, repetitions, *steps = line.split()
        answer = {"row": row, "form": form, "threads": THREADS}
        try:
            if (row, form) not in made:
                made[row, form] = make(row, form)
            results = [made[row, form].measure(int(steps[0]) if steps else None) for _ in range(int(repetitions))]
            answer |= {"values": [seconds for seconds, _ in results], "loss": results[-1][1] if results else None}
        except Exception as error:  # a form that does not work is named in the table, and no reason to stop
            answer["error"] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        print(json.dumps(answer), flush=True)


if sys.argv[3:] == ["job"]:
    print(json.dumps({"loss": Training("perceptron64", "eager+fused").measure(None)[1]}))
else:
    serve()
