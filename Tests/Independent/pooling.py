"""Pooling, from Documentation/Numerics.md."""
import numpy as np
from exact import chain_sum, float32
from layer import Layer
from naming import pair, window_positions
from sums import statistic


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
            values = [x[:, h, w] for h, w in taps]
            is_whole = self.kernel == self.shape[1:] and not any(self.padding)
            y[:, row, column] = (statistic(chain_sum, values) if is_whole else chain_sum(values)) * self.factor
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
