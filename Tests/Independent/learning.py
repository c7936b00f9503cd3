"""Losses, clipping, optimizers and schedules, from Documentation/Numerics.md."""
import math
import numpy as np
import elementary
from constants import LEAST_MOMENT
from exact import float32, fma
from naming import choice
from sums import total, total_of_squares

ONE = np.float32(1)

# Defaults.
OPTIMIZERS = {
    "sgd": {"learning_rate": 0.01, "weight_decay": 0, "momentum": 0, "nesterov": False},
    "adam": {"learning_rate": 0.001, "weight_decay": 0, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "adamw": {"learning_rate": 0.001, "weight_decay": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}}


def power(base, exponent):
    """By squaring, the lowest bit first."""
    result = 1.0
    while exponent:
        if exponent & 1:
            result *= base
        base *= base
        exponent >>= 1
    return result


def cosine_of_half_turns(t):
    """cos πt."""
    if t > 0.5:
        return -cosine_of_half_turns(1 - t)
    x = math.pi * (0.5 - t if t > 0.25 else t)
    square, result = x * x, 1.0
    for k in range(21 if t > 0.25 else 20, 1, -2):
        result = 1 - square / (k * (k - 1)) * result
    return x * result if t > 0.25 else result


def learning_rate(settings, base, step, per_epoch, epochs):
    """The rate of a step, in Double."""
    word, s = choice(settings)
    epoch, last = step // per_epoch, float(max(1, per_epoch * epochs - 1))
    warm = math.floor(s.get("warmup_epochs", 0) * per_epoch + 0.5)

    def blend(start, end, share):
        return end + (start - end) * (0.5 * (1 + cosine_of_half_turns(share)))

    factor = 1.0
    if word == "step":
        factor = power(s.get("factor", 0.1), epoch // s["every_epochs"])
    elif word == "exponential":
        factor = power(s.get("factor", 0.95), epoch)
    elif word == "cosine":
        share = min(1, max(0, (step - warm) / (last - warm))) if last > warm else 1
        factor = blend(1, s.get("final", 0), share)
    elif word == "one_cycle":
        peak, low = s.get("warmup_share", 0.3) * last, 1 / s.get("divider", 25)
        if step < peak:
            factor = blend(low, 1, step / peak)
        else:
            factor = blend(1, low / s.get("final_divider", 10000), min(1, (step - peak) / (last - peak)))
    return base * ((step + 1) / warm if step < warm else 1) * factor


class Loss:
    def __init__(self, settings):
        self.word, self.settings = choice(settings)

    def __call__(self, outputs, labels, count):
        """The loss of each sample, that of the batch as its part of `count` samples, and the gradient of the outputs."""
        rows, classes = np.arange(len(labels)), outputs.shape[1]
        if self.word == "mean_squared_error":
            target = np.zeros_like(outputs)
            target[rows, labels] = 1
            difference = outputs - target
            losses = total_of_squares(difference) * float32(1 / classes)
            gradient = difference * float32(2 / (count * classes))
        else:
            smoothing = self.settings.get("label_smoothing", 0)
            keep, spread = float32(1 - smoothing), float32(smoothing / classes)
            z = outputs - outputs.max(axis=1, keepdims=True)
            e = elementary.exp(z)
            sums = total(e)
            logs = elementary.log(sums)
            losses = logs - z[rows, labels]
            if smoothing:
                losses = fma(spread, total(logs[:, None] - z), keep * losses)
            q = np.full_like(outputs, spread)
            q[rows, labels] = keep + spread
            gradient = (e / sums[:, None] - q) * float32(1 / count)
        return losses, total(losses) * float32(1 / count), gradient


class Optimizer:
    """Changes one parameter; `step` counts from 1."""

    def __init__(self, settings):
        self.word, given = choice(settings)
        self.s = OPTIMIZERS[self.word] | given
        self.state = {}

    def update(self, name, p, g, rate, step):
        s = self.s
        if self.word == "sgd":
            return self.descend(name, p, self.decayed(p, g), float32(rate))
        first, second = self.state.get(name, (np.zeros_like(p), np.zeros_like(p)))
        if self.word == "adam":
            g = self.decayed(p, g)
        else:
            p = p * float32(1 - rate * s["weight_decay"])
        m = fma(float32(1 - s["beta1"]), g - first, first)
        m = np.where(np.abs(m) < LEAST_MOMENT, np.float32(0), m)
        v = fma(float32(s["beta2"]), second, float32(1 - s["beta2"]) * (g * g))
        self.state[name] = m, v
        d = fma(np.sqrt(v), float32(1 / math.sqrt(1 - power(s["beta2"], step))), float32(s["epsilon"]))
        return fma(float32(-(rate / (1 - power(s["beta1"], step)))), m / d, p)

    def decayed(self, p, g):
        decay = float32(self.s["weight_decay"])
        return fma(decay, p, g) if decay else g

    def descend(self, name, p, g, rate):
        momentum = float32(self.s["momentum"])
        if not momentum:
            return fma(-rate, g, p)
        b = fma(momentum, self.state.get(name, np.zeros_like(p)), g)
        b = np.where(np.abs(b) < LEAST_MOMENT, np.float32(0), b)
        self.state[name] = b
        return fma(-rate, fma(momentum, b, g) if self.s["nesterov"] else b, p)
