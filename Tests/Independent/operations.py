"""Layers forward and back, one rounding at a time, from Documentation/Numerics.md.

Values are N×H×W×C or N×features. `forward` keeps what `backward` needs; `backward` returns the gradient of the input
and puts those of its parameters into `gradients`, shards combined.
"""
import numpy as np
import elementary
import smooth
from constants import STATISTICS_ROWS, gradient_samples
from exact import chain, chain_sum, float32, fma
from naming import pair, window_positions
from sampling import dropout_kept
from sums import over_samples, pairwise, shards, total, total_of_squares

ZERO = np.float32(0)


class Layer:
    """A layer of a spec: its settings, and its parameters and buffers by suffix."""

    def __init__(self, name, settings, shape):
        self.name, self.settings, self.shape = name, settings, shape
        self.parameters, self.buffers, self.gradients = {}, {}, {}
        self.output_shape = self.build()

    def build(self):
        return self.shape

    def over_shards(self, positions, count, shard_count, sum_of):
        """A gradient over samples: blocks, then shards, pairwise."""
        length = gradient_samples(positions)
        return pairwise(over_samples(shard, length, sum_of) for shard in shards(count, shard_count))

    def commit(self):
        """Takes over what was measured of a batch."""


class Flatten(Layer):
    def build(self):
        return (int(np.prod(self.shape)),)

    def forward(self, x, run):
        return x.transpose(0, 3, 1, 2).reshape(len(x), -1) if x.ndim == 4 else x

    def backward(self, dy, run):
        if len(self.shape) == 1:
            return dy
        return dy.reshape(len(dy), *self.shape).transpose(0, 2, 3, 1)


class Linear(Layer):
    def build(self):
        features = self.settings["features"]
        self.parameters["weight"] = (features, self.shape[0])
        if self.settings.get("bias", True):
            self.parameters["bias"] = (features,)
        return (features,)

    def forward(self, x, run):
        self.x = x
        weight = self.parameters["weight"]
        start = np.broadcast_to(self.parameters.get("bias", ZERO), (len(x), len(weight)))
        return chain(x.T[:, :, None], weight.T[:, None, :], start)

    def backward(self, dy, run):
        x, weight = self.x, self.parameters["weight"]
        self.gradients["weight"] = self.over_shards(
            1, len(x), run.shards, lambda rows: chain(dy[rows][:, :, None], x[rows][:, None, :],
                                                      np.zeros_like(weight)))
        if "bias" in self.parameters:
            self.gradients["bias"] = self.over_shards(1, len(x), run.shards, lambda rows: chain_sum(dy[rows]))
        return chain(dy.T[:, :, None], weight[:, None, :], np.zeros_like(x))


class Convolution(Layer):
    def build(self):
        s = self.settings
        self.kernel, self.stride, self.padding, self.dilation = (
            pair(s.get(name, default)) for name, default in
            (("kernel", None), ("stride", 1), ("padding", 0), ("dilation", 1)))
        self.groups, outputs = s.get("groups", 1), s["channels"]
        self.parameters["weight"] = (outputs, self.shape[0] // self.groups, *self.kernel)
        if s.get("bias", True):
            self.parameters["bias"] = (outputs,)
        self.places = [window_positions(self.shape[axis + 1], self.kernel[axis], self.stride[axis],
                                        self.padding[axis], self.dilation[axis]) for axis in (0, 1)]
        return (outputs, *self.places)

    def taps(self, padded):
        """For each (kh, kw), ascending: the view of the input that a tap reads, and the tap."""
        for kh in range(self.kernel[0]):
            for kw in range(self.kernel[1]):
                rows, columns = (
                    slice(first * self.dilation[axis],
                          first * self.dilation[axis] + self.stride[axis] * (self.places[axis] - 1) + 1,
                          self.stride[axis]) for axis, first in ((0, kh), (1, kw)))
                yield padded[:, rows, columns], kh, kw

    def grouped(self, x):
        return x.reshape(*x.shape[:-1], self.groups, -1)

    def weights(self):
        """[group, output of it, input of it, kh, kw]"""
        weight = self.parameters["weight"]
        return weight.reshape(self.groups, -1, *weight.shape[1:])

    def padded(self, x):
        (top, left) = self.padding
        return np.pad(x, ((0, 0), (top, top), (left, left), (0, 0)))

    def forward(self, x, run):
        self.x = self.grouped(self.padded(x))
        weight = self.weights()
        bias = self.parameters.get("bias", np.zeros(self.output_shape[0], np.float32))
        y = np.broadcast_to(bias.reshape(self.groups, -1), (len(x), *self.places, *weight.shape[:2]))
        for view, kh, kw in self.taps(self.x):
            for channel in range(weight.shape[2]):
                y = fma(view[..., channel, None], weight[:, :, channel, kh, kw], y)
        return y.reshape(len(x), *self.places, -1)

    def backward(self, dy, run):
        count, weight, dy = len(dy), self.weights(), self.grouped(dy)
        gradient = np.zeros_like(self.x)
        for view, kh, kw in self.taps(gradient):
            for output in range(weight.shape[1]):
                view[...] = fma(dy[..., output, None], weight[:, output, :, kh, kw], view)
        read = np.stack([view for view, _, _ in self.taps(self.x)], axis=-1)
        positions = self.places[0] * self.places[1]
        # One row a (sample, position): [group, output, 1, 1] by [group, 1, input, tap].
        read = read.reshape(count, positions, self.groups, 1, -1, read.shape[-1])
        given = dy.reshape(count, positions, self.groups, -1, 1, 1)

        def weight_sum(rows):
            start = np.zeros((*weight.shape[:3], read.shape[-1]), np.float32)
            return chain(read[rows].reshape(-1, *read.shape[2:]), given[rows].reshape(-1, *given.shape[2:]), start)

        total_weight = self.over_shards(positions, count, run.shards, weight_sum)
        self.gradients["weight"] = total_weight.reshape(self.parameters["weight"].shape)
        if "bias" in self.parameters:
            flat = dy.reshape(count, positions, -1)
            self.gradients["bias"] = self.over_shards(
                positions, count, run.shards, lambda rows: chain_sum(flat[rows].reshape(-1, flat.shape[-1])))
        top, left = self.padding
        inner = gradient[:, top:top + self.shape[1], left:left + self.shape[2]]
        return inner.reshape(*inner.shape[:3], -1)


class Relu(Layer):
    def forward(self, x, run):
        self.y = np.where(x < 0, ZERO, x)
        return self.y

    def backward(self, dy, run):
        return np.where(self.y <= 0, ZERO, dy)


class LeakyRelu(Layer):
    def forward(self, x, run):
        self.x, self.slope = x, float32(self.settings.get("slope", 0.01))
        return np.where(x > 0, x, x * self.slope)

    def backward(self, dy, run):
        return np.where(self.x > 0, dy, dy * self.slope)


class Tanh(Layer):
    def forward(self, x, run):
        self.y = elementary.tanh(x)
        return self.y

    def backward(self, dy, run):
        return dy * fma(-self.y, self.y, np.float32(1))


class Sigmoid(Layer):
    def forward(self, x, run):
        self.y = elementary.sigmoid(x)
        return self.y

    def backward(self, dy, run):
        return dy * (self.y * (1 - self.y))


class Smooth(Layer):
    """An activation that is evaluated in float64 and rounded once."""

    function = None

    def build(self):
        # A setting is rounded to float32 once, and then widened.
        self.arguments = [float(float32(self.settings.get("alpha", 1)))] if self.function is smooth.ELU else []
        return self.shape

    def forward(self, x, run):
        self.x = x
        return self.function.forward(x, *self.arguments)

    def backward(self, dy, run):
        return self.function.backward(dy, self.x, *self.arguments)


class Gelu(Smooth):
    function = smooth.GELU


class Silu(Smooth):
    function = smooth.SILU


class Elu(Smooth):
    function = smooth.ELU


class Softplus(Smooth):
    function = smooth.SOFTPLUS


class Dropout(Layer):
    def forward(self, x, run):
        probability = self.settings.get("probability", 0.5)
        self.kept = None
        if not run.training:
            return x
        kept = dropout_kept(run.key, self.name, probability, run.step, run.samples, self.shape)
        self.kept = kept if x.ndim == 2 else kept.transpose(0, 2, 3, 1)
        self.scale = float32(1 / (1 - probability))
        return np.where(self.kept, x * self.scale, ZERO)

    def backward(self, dy, run):
        return np.where(self.kept, dy * self.scale, ZERO)


class Pooling(Layer):
    def build(self):
        s = self.settings
        self.kernel, self.padding = pair(s["kernel"]), pair(s.get("padding", 0))
        self.stride, self.dilation = pair(s.get("stride", s["kernel"])), (1, 1)
        self.places = [window_positions(self.shape[axis + 1], self.kernel[axis], self.stride[axis],
                                        self.padding[axis]) for axis in (0, 1)]
        return (self.shape[0], *self.places)

    def windows(self):
        """Each output, ascending, with the input rows and columns of its window."""
        for row in range(self.places[0]):
            for column in range(self.places[1]):
                top, left = row * self.stride[0] - self.padding[0], column * self.stride[1] - self.padding[1]
                yield row, column, [(h, w) for h in range(top, top + self.kernel[0])
                                    for w in range(left, left + self.kernel[1])
                                    if 0 <= h < self.shape[1] and 0 <= w < self.shape[2]]


class MaxPooling(Pooling):
    def forward(self, x, run):
        y = np.empty((len(x), *self.places, x.shape[-1]), np.float32)
        self.chosen = {}
        for row, column, taps in self.windows():
            values = np.stack([x[:, h, w] for h, w in taps])
            first = values.argmax(axis=0)  # The first of equals, and the first NaN.
            self.chosen[row, column] = [first == k for k in range(len(taps))]
            y[:, row, column] = values.max(axis=0)
        return y

    def backward(self, dy, run):
        dx = np.zeros((len(dy), *self.shape[1:], self.shape[0]), np.float32)
        for row, column, taps in self.windows():
            for (h, w), chosen in zip(taps, self.chosen[row, column]):
                dx[:, h, w] = np.where(chosen, dx[:, h, w] + dy[:, row, column], dx[:, h, w])
        return dx


class AveragePooling(Pooling):
    def forward(self, x, run):
        self.factor = float32(1 / (self.kernel[0] * self.kernel[1]))
        y = np.empty((len(x), *self.places, x.shape[-1]), np.float32)
        for row, column, taps in self.windows():
            y[:, row, column] = chain_sum([x[:, h, w] for h, w in taps]) * self.factor
        return y

    def backward(self, dy, run):
        dx = np.zeros((len(dy), *self.shape[1:], self.shape[0]), np.float32)
        for row, column, taps in self.windows():
            for h, w in taps:
                dx[:, h, w] += dy[:, row, column] * self.factor
        return dx


class GlobalAveragePooling(AveragePooling):
    def build(self):
        self.settings = {"kernel": list(self.shape[1:])}
        super().build()
        return self.shape[:1]

    def forward(self, x, run):
        return super().forward(x, run).reshape(len(x), -1)

    def backward(self, dy, run):
        return super().backward(dy[:, None, None], run)


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

    def of_rows(self, sum_of, *arrays):
        """A statistic over the rows of a shard or of samples: blocks of rows, pairwise."""
        return pairwise(sum_of(*(array[start:start + STATISTICS_ROWS] for array in arrays))
                        for start in range(0, len(arrays[0]), STATISTICS_ROWS))


class BatchNormalization(Normalization):
    def build(self):
        channels = self.shape[:1]
        self.buffers = {"running_mean": np.zeros(channels, np.float32), "running_var": np.ones(channels, np.float32)}
        return super().build()

    def forward(self, x, run):
        self.x = self.rows(x)
        positions, channels = self.x.shape[1:]
        self.measured, y = [], np.empty_like(self.x)
        for samples in shards(len(x), run.shards) if run.training else [np.arange(len(x))]:
            if run.training:
                rows = self.x[samples].reshape(-1, channels)
                inverse_count = float32(1 / len(rows))
                mean = self.of_rows(chain_sum, rows) * inverse_count
                centered = rows - mean
                variance = self.of_rows(self.products, centered, centered) * inverse_count
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
        positions, channels = dy.shape[1:]
        for samples, mean, _, inverse, scale in self.measured:
            rows, centered = dy[samples].reshape(-1, channels), (self.x[samples] - mean).reshape(-1, channels)
            inverse_count = float32(1 / len(rows))
            first = self.of_rows(chain_sum, rows)
            second = self.of_rows(self.products, rows, centered)
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
            self.of_groups(self.of_rows(lambda x: chain_sum(x, zero), ascending)) * self.inverse_count)
        difference = ascending - self.mean
        variance = self.of_groups(
            self.of_rows(lambda x: chain(x, x, zero), difference)) * self.inverse_count
        self.inverse = self.spread(1 / np.sqrt(variance + self.epsilon))
        self.scale = self.parameters["weight"] * self.inverse
        shift = fma(-self.mean, self.scale, self.parameters["bias"])
        return fma(rows, self.scale[:, None], shift[:, None]).reshape(x.shape)

    def backward(self, dy, run):
        shape, dy = dy.shape, self.rows(dy)
        ascending, difference = np.moveaxis(dy, 1, 0), np.moveaxis(self.x - self.mean[:, None], 1, 0)
        zero = np.zeros_like(ascending[0])
        first = self.of_rows(lambda x: chain_sum(x, zero), ascending)
        second = self.of_rows(lambda x, d: chain(x, d, zero), ascending, difference)
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
