"""What is done to each element, and `flatten`, from Documentation/Numerics.md."""
import numpy as np
import elementary
import smooth
from exact import float32, fma
from layer import Layer, ZERO
from sampling import dropout_kept


class Flatten(Layer):
    def build(self):
        return (int(np.prod(self.shape)),)

    def forward(self, x, run):
        return x.transpose(0, 3, 1, 2).reshape(len(x), -1) if x.ndim == 4 else x

    def backward(self, dy, run):
        if len(self.shape) == 1:
            return dy
        return dy.reshape(len(dy), *self.shape).transpose(0, 2, 3, 1)


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
