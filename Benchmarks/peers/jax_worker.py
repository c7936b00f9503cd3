"""JAX's side of the comparison: python jax_worker.py FOLDER, then requests as in torch_worker.py. Forms: jit, scan.

`jit` compiles a step with its draw of the batch; `scan` compiles an epoch as one loop.
"""
import json
import sys
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as np
import numpy
from jax import lax

FOLDER = Path(sys.argv[1])
BATCH = {"perceptron64": 64, "perceptron512": 512, "lenet": 64, "conv": 64, "conv-dry": 64, "resnet": 128}


def shapes(row):
    """The parameters in PyTorch's order and shapes; buffers of normalizations are passed over in the file."""
    if row.startswith("perceptron"):
        return [(128, 784), (128,), (64, 128), (64,), (10, 64), (10,)]
    if row == "lenet":
        return [(6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 400), (120,), (84, 120), (84,), (10, 84), (10,)]
    if row in ("conv", "conv-dry"):
        return [(32, 1, 3, 3), (32,), (64, 32, 3, 3), (64,), (128, 9216), (128,), (10, 128), (10,)]
    norm = lambda c: [(c,), (c,), None, None]
    result, inputs = [(16, 3, 3, 3), *norm(16)], 16
    for stage, c in enumerate((16, 32, 64)):
        for block in range(3):
            result += [(c, inputs, 3, 3), *norm(c), (c, c, 3, 3), *norm(c)]
            if stage and not block:
                result += [(c, inputs, 1, 1), *norm(c)]
            inputs = c
    return result + [(10, 64), (10,)]


def parameters(row):
    values, result, start, channels = numpy.fromfile(FOLDER / f"{row}.weights", numpy.float32), [], 0, 0
    for shape in shapes(row):
        if shape is None:
            start += channels
            continue
        size = int(numpy.prod(shape))
        array = values[start:start + size].reshape(shape)
        start, channels = start + size, shape[0]
        # The best layouts here: inputs first for products, (kH, kW, I, O) for convolutions of N,H,W,C.
        array = array.T if array.ndim == 2 else array.transpose(2, 3, 1, 0) if array.ndim == 4 else array
        result.append(np.array(array))
    assert start == len(values), (start, len(values))
    return result


def conv(x, w, stride=1, padding=0):
    return lax.conv_general_dilated(
        x, w, (stride, stride), [(padding, padding)] * 2, dimension_numbers=("NHWC", "HWIO", "NHWC"))


def pool(x):
    return lax.reduce_window(x, -np.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


def flat(x):
    return x.transpose(0, 3, 1, 2).reshape(x.shape[0], -1)


def normalize(x, w, b):
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
    return (x - mean) * (w * lax.rsqrt(variance + 1e-5)) + b


def drop(x, key, p):
    return np.where(jax.random.bernoulli(key, 1 - p, x.shape), x / (1 - p), 0)


def apply(row, p, x, key):
    relu = jax.nn.relu
    if row.startswith("perceptron"):
        x = x.reshape(x.shape[0], -1)
        return relu(relu(x @ p[0] + p[1]) @ p[2] + p[3]) @ p[4] + p[5]
    if row == "lenet":
        x = pool(relu(conv(x, p[0], padding=2) + p[1]))
        x = flat(pool(relu(conv(x, p[2]) + p[3])))
        return relu(relu(x @ p[4] + p[5]) @ p[6] + p[7]) @ p[8] + p[9]
    if row in ("conv", "conv-dry"):
        a, b = jax.random.split(key)
        x = pool(relu(conv(relu(conv(x, p[0]) + p[1]), p[2]) + p[3]))
        x = flat(drop(x, a, 0.25) if row == "conv" else x)
        x = relu(x @ p[4] + p[5])
        return (drop(x, b, 0.5) if row == "conv" else x) @ p[6] + p[7]
    p = iter(p)
    x = relu(normalize(conv(x, next(p), padding=1), next(p), next(p)))
    for stage in range(3):
        for block in range(3):
            stride = 2 if stage and not block else 1
            y = relu(normalize(conv(x, next(p), stride, 1), next(p), next(p)))
            y = normalize(conv(y, next(p), 1, 1), next(p), next(p))
            x = relu(y + (normalize(conv(x, next(p), stride), next(p), next(p)) if stride == 2 else x))
    return x.mean((1, 2)) @ next(p) + next(p)


def step(row, state, x, y, index):
    p, m, v, t, key = state
    key, use = jax.random.split(key) if row == "conv" else (key, key)

    def loss(p):
        logits = apply(row, p, x[index], use)
        return -np.take_along_axis(jax.nn.log_softmax(logits), y[index][:, None], 1).mean()

    value, g = jax.value_and_grad(loss)(p)
    t = t + 1
    m = [0.9 * m + 0.1 * g for m, g in zip(m, g)]
    v = [0.999 * v + 0.001 * g * g for v, g in zip(v, g)]
    rate, root = 0.001 / (1 - 0.9 ** t), 1 / np.sqrt(1 - 0.999 ** t)
    p = [p - rate * m / (np.sqrt(v) * root + 1e-8) for p, m, v in zip(p, m, v)]
    return (p, m, v, t, key), value


DATA = {}


def samples(row):
    name = "color" if row == "resnet" else "gray"
    if name not in DATA:
        labels = numpy.fromfile(FOLDER / f"{name}.labels", numpy.uint8).astype(numpy.int32)
        pixels = numpy.fromfile(FOLDER / f"{name}.f32", numpy.float32)
        shape = (len(labels), 3, 32, 32) if name == "color" else (len(labels), 1, 28, 28)
        DATA[name] = np.array(pixels.reshape(shape).transpose(0, 2, 3, 1).copy()), np.array(labels)
    return DATA[name]


class Training:
    def __init__(self, row, form):
        self.row, self.form, self.initial = row, form, parameters(row)
        self.x, self.y = samples(row)
        self.order = numpy.fromfile(FOLDER / f"{row}.order", numpy.uint32).astype(numpy.int32)
        self.step = jax.jit(partial(step, row), donate_argnums=0)
        self.epoch = jax.jit(
            lambda state, x, y, order: lax.scan(lambda s, i: step(row, s, x, y, i), state, order), donate_argnums=0)
        self.measure(4)
        self.run(self.order[:len(self.order) % BATCH[row]])
        if form == "scan":
            self.measure(None)

    def run(self, order):
        batch, losses = BATCH[self.row], []
        copy = lambda: [np.array(p, copy=True) for p in self.initial]
        zeros = lambda: [np.zeros_like(p) for p in self.initial]
        state = (copy(), zeros(), zeros(), np.zeros((), np.float32), jax.random.key(0))
        whole = len(order) // batch * batch if self.form == "scan" else 0
        grouped = np.array(order[:whole].reshape(-1, batch))
        pieces = [np.array(order[i:i + batch]) for i in range(whole, len(order), batch)]
        jax.block_until_ready((state, grouped, pieces))
        begin = time.perf_counter()
        if whole:
            state, losses = self.epoch(state, self.x, self.y, grouped)
            losses = [losses]
        for index in pieces:
            state, loss = self.step(state, self.x, self.y, index)
            losses.append(loss)
        jax.block_until_ready((state, losses))
        seconds = time.perf_counter() - begin
        if not len(order):
            return seconds, None
        values = numpy.concatenate([numpy.atleast_1d(numpy.asarray(loss, numpy.float64)) for loss in losses])
        counts = numpy.array([min(batch, len(order) - i) for i in range(0, len(order), batch)])
        return seconds, float((values * counts).sum() / counts.sum())

    def measure(self, steps):
        return self.run(self.order[:steps * BATCH[self.row]] if steps else self.order)


class Inference:
    def __init__(self, form):
        self.p = parameters("perceptron64")
        self.f = jax.jit(lambda p, x: apply("perceptron64", p, x, None))
        self.x = [np.array(row[None]) for row in numpy.asarray(samples("perceptron64")[0][:1000])]
        self.measure(None)

    def measure(self, _):
        calls = 2000
        begin = time.perf_counter()
        for i in range(calls):
            self.f(self.p, self.x[i % 1000]).block_until_ready()
        return (time.perf_counter() - begin) / calls, None


def serve():
    made = {}
    for line in sys.stdin:
        row, form, repetitions, *steps = line.split()
        answer = {"row": row, "form": form}
        try:
            if (row, form) not in made:
                made[row, form] = Inference(form) if row == "inference" else Training(row, form)
            results = [made[row, form].measure(int(steps[0]) if steps else None) for _ in range(int(repetitions))]
            answer |= {"values": [seconds for seconds, _ in results], "loss": results[-1][1] if results else None}
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        print(json.dumps(answer), flush=True)


serve()
