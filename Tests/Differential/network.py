"""The networks of specs in PyTorch, of any precision."""
import math
import numpy as np
import torch
import torch.nn.functional as F
from naming import layers, pair, window_positions
from sampling import dropout_kept
from streams import INITIALIZATION, Stream, named_key, seed_key


def initial_values(key, name, shape, fan_in):
    """Uniform in ±1/√fan_in; the product's draws, to the last place or two."""
    bound = np.float32(1 / math.sqrt(fan_in))
    draws = Stream(named_key(key, name), INITIALIZATION).draws(int(np.prod(shape)))
    uniform = (draws >> np.uint64(8)).astype(np.float64) * 2.0 ** -24
    values = (uniform * np.float64(2 * bound) - np.float64(bound)).astype(np.float32)
    return np.minimum(values, np.nextafter(bound, np.float32(0))).reshape(shape)


class Network:
    """Parameters by name in model order, and what they compute."""

    def __init__(self, model, shape, seed, defaults, dtype, shards=1):
        self.key, self.defaults, self.dtype, self.shards = seed_key(seed), defaults["layer"], dtype, shards
        self.parameters, self.buffers = {}, {}
        self.layers, _ = self.build(model, tuple(shape), "")
        for name, value in (self.parameters | self.buffers).items():
            tensor = torch.tensor(np.asarray(value, np.float32), dtype=dtype)
            if name in self.parameters:
                self.parameters[name] = tensor.requires_grad_()
            else:
                self.buffers[name] = tensor

    def moved(self, random):
        """Each initial weight moved to a neighbouring float, or left."""
        for tensor in self.parameters.values():
            values = tensor.detach().numpy().astype(np.float32)
            direction = random.choice(np.float32([-np.inf, 0, np.inf]), values.shape)
            near = np.where(direction == 0, values, np.nextafter(values, direction))
            tensor.data.copy_(torch.tensor(near))
        return self

    # MARK: Building

    def build(self, model, shape, prefix):
        built = []
        for kind, name, settings in layers(model, prefix):
            s = self.defaults[kind] | settings
            shape = getattr(self, "build_" + kind, self.build_keeping)(name, shape, s)
            built.append((kind, name, s))
        return built, shape

    def build_keeping(self, name, shape, s):
        return shape

    def build_flatten(self, name, shape, s):
        return (math.prod(shape),)

    def build_global_average_pool(self, name, shape, s):
        return shape[:1]

    def draw(self, name, weight_shape, bias):
        fan_in = math.prod(weight_shape[1:])
        for suffix, shape in [(".weight", weight_shape)] + ([(".bias", weight_shape[:1])] if bias else []):
            self.parameters[name + suffix] = initial_values(self.key, name + suffix, shape, fan_in)

    def build_linear(self, name, shape, s):
        self.draw(name, (s["features"], shape[0]), s["bias"])
        return (s["features"],)

    def build_conv2d(self, name, shape, s):
        for setting in ("kernel", "stride", "padding", "dilation"):
            s[setting] = pair(s[setting])
        self.draw(name, (s["channels"], shape[0] // s["groups"], *s["kernel"]), s["bias"])
        return (s["channels"], *(window_positions(shape[axis + 1], s["kernel"][axis], s["stride"][axis],
                                                  s["padding"][axis], s["dilation"][axis]) for axis in (0, 1)))

    def build_max_pool(self, name, shape, s):
        s["kernel"], s["padding"] = pair(s["kernel"]), pair(s["padding"])
        s["stride"] = pair(s.get("stride", s["kernel"]))
        return (shape[0], *(window_positions(shape[axis + 1], s["kernel"][axis], s["stride"][axis],
                                             s["padding"][axis]) for axis in (0, 1)))

    build_average_pool = build_max_pool

    def build_normalization(self, name, shape, s):
        self.parameters[name + ".weight"], self.parameters[name + ".bias"] = np.ones(shape), np.zeros(shape)
        return shape

    build_layer_norm = build_normalization

    def build_group_norm(self, name, shape, s):
        self.build_normalization(name, shape[:1], s)
        return shape

    def build_batch_norm(self, name, shape, s):
        self.build_normalization(name, shape[:1], s)
        self.buffers[name + ".running_mean"], self.buffers[name + ".running_var"] = (
            np.zeros(shape[:1]), np.ones(shape[:1]))
        return shape

    def build_residual(self, name, shape, s):
        s["body"], result = self.build(s["body"], shape, name + ".")
        s["projection"], _ = self.build(s["projection"], shape, name + ".projection.")
        return result

    # MARK: Computing

    def __call__(self, x, samples=None, step=0):
        """The outputs; with the samples' numbers and the step those of a training."""
        self.samples, self.step = samples, step
        return self.chain(self.layers, x)

    def chain(self, built, x):
        for kind, name, s in built:
            x = getattr(self, kind)(x, name, s)
        return x

    def of(self, name, suffix):
        return self.parameters.get(f"{name}.{suffix}")

    def flatten(self, x, name, s):
        return x.flatten(1)

    def linear(self, x, name, s):
        return F.linear(x, self.of(name, "weight"), self.of(name, "bias"))

    def conv2d(self, x, name, s):
        return F.conv2d(x, self.of(name, "weight"), self.of(name, "bias"), s["stride"], s["padding"],
                        s["dilation"], s["groups"])

    def max_pool(self, x, name, s):
        return F.max_pool2d(x, s["kernel"], s["stride"], s["padding"])

    def average_pool(self, x, name, s):
        return F.avg_pool2d(x, s["kernel"], s["stride"], s["padding"])

    def global_average_pool(self, x, name, s):
        return x.mean((2, 3))

    def relu(self, x, name, s):
        return F.relu(x)

    def leaky_relu(self, x, name, s):
        return F.leaky_relu(x, s["slope"])

    def tanh(self, x, name, s):
        return torch.tanh(x)

    def sigmoid(self, x, name, s):
        return torch.sigmoid(x)

    def gelu(self, x, name, s):
        return F.gelu(x, approximate=s.get("approximate", "none"))

    def silu(self, x, name, s):
        return F.silu(x)

    def elu(self, x, name, s):
        return F.elu(x, s["alpha"])

    def selu(self, x, name, s):
        return F.selu(x)

    def mish(self, x, name, s):
        return F.mish(x)

    def hard_swish(self, x, name, s):
        return F.hardswish(x)

    def softmax(self, x, name, s):
        return F.softmax(x, 1)

    def softplus(self, x, name, s):
        return F.softplus(x, threshold=100)  # The default of 20 is a shortcut: log(1 + e⁻²⁰) is not 0 in double.

    def dropout(self, x, name, s):
        if self.samples is None or s["probability"] == 0:
            return x
        kept = dropout_kept(self.key, name, s["probability"], self.step, self.samples, tuple(x.shape[1:]))
        return torch.where(torch.tensor(kept), x * (1 / (1 - s["probability"])), torch.zeros((), dtype=x.dtype))

    def batch_norm(self, x, name, s):
        running = self.buffers[name + ".running_mean"], self.buffers[name + ".running_var"]
        weights = self.of(name, "weight"), self.of(name, "bias")
        if self.samples is None:
            return F.batch_norm(x, *running, *weights, False, s["momentum"], s["epsilon"])
        shard = np.arange(len(x)) * self.shards // len(x)
        return torch.cat([F.batch_norm(x[shard == k], *running, *weights, True, s["momentum"], s["epsilon"])
                          for k in np.unique(shard)])

    def layer_norm(self, x, name, s):
        return F.layer_norm(x, x.shape[1:], self.of(name, "weight"), self.of(name, "bias"), s["epsilon"])

    def group_norm(self, x, name, s):
        return F.group_norm(x, s["groups"], self.of(name, "weight"), self.of(name, "bias"), s["epsilon"])

    def residual(self, x, name, s):
        return self.chain(s["body"], x) + self.chain(s["projection"], x)
