"""Linear layers and convolutions, from Documentation/Numerics.md, "Matrix products" and "Convolutions"."""
import numpy as np
from exact import chain, chain_sum, fma
from layer import Layer, ZERO
from naming import pair, window_positions
from sums import statistic


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
            self.gradients["bias"] = self.over_shards(1, len(x), run.shards, lambda rows: statistic(chain_sum, dy[rows]))
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
                positions, count, run.shards, lambda rows: statistic(
                    chain_sum, flat[rows].reshape(-1, flat.shape[-1])))
        top, left = self.padding
        inner = gradient[:, top:top + self.shape[1], left:left + self.shape[2]]
        return inner.reshape(*inner.shape[:3], -1)
