"""Batch, group and layer normalization, from Documentation/Numerics.md, "Normalization"."""
import numpy as np
from exact import chain, chain_sum, float32, fma
from layer import Layer
from sums import pairwise, shards, statistic, total, total_of_squares


class Normalization(Layer):
    """What has a weight and a bias for each channel, beginning as 1 and 0."""

    def build(self):
        channels = self.shape[:1]
        self.parameters = {"weight": np.ones(channels, np.float32), "bias": np.zeros(channels, np.float32)}
        self.epsilon = float32(self.settings.get("epsilon", 1e-5))
        return self.shape

    def rows(self, x):
        """[sample, position, channel]"""
        return x.reshape(len(x), -1, x.shape[-1])


class BatchNormalization(Normalization):
    def build(self):
        channels = self.shape[:1]
        self.buffers = {"running_mean": np.zeros(channels, np.float32), "running_var": np.ones(channels, np.float32)}
        return super().build()

    def forward(self, x, run):
        self.x = self.rows(x)
        channels = x.shape[-1]
        self.measured, y = [], np.empty_like(self.x)
        for samples in shards(len(x), run.shards) if run.training else [np.arange(len(x))]:
            if run.training:
                rows = self.x[samples].reshape(-1, channels)
                inverse_count = float32(1 / len(rows))
                mean = statistic(chain_sum, rows) * inverse_count
                centered = rows - mean
                variance = statistic(self.products, centered, centered) * inverse_count
            else:
                mean, variance = self.buffers["running_mean"], self.buffers["running_var"]
            inverse = 1 / np.sqrt(variance + self.epsilon)
            scale = self.parameters["weight"] * inverse
            shift = fma(-mean, scale, self.parameters["bias"])
            y[samples] = fma(self.x[samples], scale, shift)
            self.measured.append((samples, mean, variance, inverse, scale))
        return y.reshape(x.shape)

    @staticmethod
    def products(a, b):
        return chain(a, b, np.zeros_like(a[0]))

    def backward(self, dy, run):
        shape, dy = dy.shape, self.rows(dy)
        dx, weights, biases = np.empty_like(dy), [], []
        channels = dy.shape[-1]
        for samples, mean, _, inverse, scale in self.measured:
            rows, centered = dy[samples].reshape(-1, channels), (self.x[samples] - mean).reshape(-1, channels)
            inverse_count = float32(1 / len(rows))
            first = statistic(chain_sum, rows)
            second = statistic(self.products, rows, centered)
            b = -((scale * (inverse * inverse)) * (second * inverse_count))
            c = -(scale * (first * inverse_count))
            dx[samples] = fma(dy[samples], scale, fma(self.x[samples] - mean, b, c))
            weights.append(second * inverse)
            biases.append(first)
        self.gradients = {"weight": pairwise(weights), "bias": pairwise(biases)}
        return dx.reshape(shape)

    def commit(self):
        momentum = float32(self.settings.get("momentum", 0.1))
        for samples, mean, variance, _, _ in self.measured:
            count = len(samples) * self.x.shape[1]
            unbiased = variance * float32(count / (count - 1) if count > 1 else 1)
            for name, value in (("running_mean", mean), ("running_var", unbiased)):
                self.buffers[name] = fma(momentum, value - self.buffers[name], self.buffers[name])


class GroupNormalization(Normalization):
    def spread(self, x):
        """What is of a group, for each of its channels."""
        return np.repeat(x, self.shape[0] // self.settings["groups"], axis=-1)

    def of_groups(self, x):
        """Chains over the ascending channels of each group: [sample, group]."""
        parts = np.moveaxis(x.reshape(len(x), self.settings["groups"], -1), -1, 0)
        return chain_sum(parts[1:], parts[0])

    def forward(self, x, run):
        self.x = rows = self.rows(x)
        self.inverse_count = float32(1 / (self.shape[0] // self.settings["groups"] * rows.shape[1]))
        ascending = np.moveaxis(rows, 1, 0)
        zero = np.zeros_like(ascending[0])
        self.mean = self.spread(
            self.of_groups(statistic(lambda x: chain_sum(x, zero), ascending)) * self.inverse_count)
        difference = ascending - self.mean
        variance = self.of_groups(
            statistic(lambda x: chain(x, x, zero), difference)) * self.inverse_count
        self.inverse = self.spread(1 / np.sqrt(variance + self.epsilon))
        self.scale = self.parameters["weight"] * self.inverse
        shift = fma(-self.mean, self.scale, self.parameters["bias"])
        return fma(rows, self.scale[:, None], shift[:, None]).reshape(x.shape)

    def backward(self, dy, run):
        shape, dy = dy.shape, self.rows(dy)
        ascending, difference = np.moveaxis(dy, 1, 0), np.moveaxis(self.x - self.mean[:, None], 1, 0)
        zero = np.zeros_like(ascending[0])
        first = statistic(lambda x: chain_sum(x, zero), ascending)
        second = statistic(lambda x, d: chain(x, d, zero), ascending, difference)
        a, b = (self.weighted(total_) for total_ in (first, second))
        slope = -(((self.inverse * self.inverse) * self.inverse) * (b * self.inverse_count))
        offset = -(self.inverse * (a * self.inverse_count))
        zero = zero[0]
        self.gradients = {
            "weight": self.over_shards(1, len(dy), run.shards, lambda rows: chain(
                self.inverse[rows], second[rows], zero)),
            "bias": self.over_shards(1, len(dy), run.shards, lambda rows: chain_sum(first[rows], zero))}
        inner = fma(self.x - self.mean[:, None], slope[:, None], offset[:, None])
        return fma(dy, self.scale[:, None], inner).reshape(shape)

    def weighted(self, sums):
        """Σ w·S over the ascending channels of each group, for each of its channels."""
        groups = self.settings["groups"]
        parts = np.moveaxis(sums.reshape(len(sums), groups, -1), -1, 0)
        weights = self.parameters["weight"].reshape(groups, -1).T
        return self.spread(chain(weights, parts, np.zeros_like(parts[0])))


class LayerNormalization(Layer):
    """Its parameters have a sample's shape; here in the order H, W, C."""

    def build(self):
        stored = self.shape if len(self.shape) == 1 else (*self.shape[1:], self.shape[0])
        self.parameters = {"weight": np.ones(stored, np.float32), "bias": np.zeros(stored, np.float32)}
        self.epsilon = float32(self.settings.get("epsilon", 1e-5))
        return self.shape

    def forward(self, x, run):
        flat = x.reshape(len(x), -1)
        self.inverse_count = float32(1 / flat.shape[1])
        difference = flat + -(total(flat) * self.inverse_count)[:, None]
        variance = total_of_squares(difference) * self.inverse_count
        self.inverse = (1 / np.sqrt(variance + self.epsilon))[:, None]
        self.normalized = difference * self.inverse
        y = fma(self.normalized, *(self.parameters[name].reshape(-1) for name in ("weight", "bias")))
        return y.reshape(x.shape)

    def backward(self, dy, run):
        shape, dy = dy.shape, dy.reshape(len(dy), -1)
        weight = self.parameters["weight"]
        g = dy * weight.reshape(-1)
        a, b = (total(x)[:, None] * self.inverse_count for x in (g, g * self.normalized))
        zero = np.zeros(weight.size, np.float32)
        self.gradients = {
            "weight": self.over_shards(1, len(dy), run.shards, lambda rows: chain(
                dy[rows], self.normalized[rows], zero)).reshape(weight.shape),
            "bias": self.over_shards(1, len(dy), run.shards, lambda rows: chain_sum(
                dy[rows], zero)).reshape(weight.shape)}
        return ((fma(self.normalized, -b, g) + -a) * self.inverse).reshape(shape)
