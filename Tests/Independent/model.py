"""The model of a spec: layers by name, initial parameters, and the memory order of gradients."""
import math
import numpy as np
import activations
import normalization
import pooling
import products
from constants import PANEL
from exact import float32, fma
from naming import layers
from streams import INITIALIZATION, Stream, named_key

KINDS = {
    "flatten": activations.Flatten, "linear": products.Linear, "conv2d": products.Convolution,
    "relu": activations.Relu, "leaky_relu": activations.LeakyRelu, "tanh": activations.Tanh,
    "sigmoid": activations.Sigmoid, "gelu": activations.Gelu, "silu": activations.Silu, "elu": activations.Elu,
    "softplus": activations.Softplus, "dropout": activations.Dropout, "max_pool": pooling.MaxPooling,
    "average_pool": pooling.AveragePooling, "global_average_pool": pooling.GlobalAveragePooling,
    "batch_norm": normalization.BatchNormalization, "group_norm": normalization.GroupNormalization,
    "layer_norm": normalization.LayerNormalization}


def uniform(bound, count, key):
    """In [−bound, bound): fma(u, 2·bound, −bound), and the float below bound where that is not below it."""
    draws = Stream(key, INITIALIZATION).draws(count)
    u = ((draws >> np.uint64(8)).astype(np.float64) * 2.0 ** -24).astype(np.float32)
    values = fma(u, bound - -bound, -bound)
    return np.where(values < bound, values, np.nextafter(bound, np.float32(-np.inf)))


class Chain:
    """Layers one after another."""

    def __init__(self, model, shape, key, prefix=""):
        self.layers = []
        for kind, name, settings in layers(model, prefix):
            if kind == "residual":
                layer = Residual(name, settings, shape, key)
            else:
                layer = KINDS[kind](name, settings, shape)
                draw(layer, key)
            self.layers.append(layer)
            shape = layer.output_shape
        self.output_shape = shape

    def forward(self, x, run):
        for layer in self.layers:
            x = layer.forward(x, run)
        return x

    def backward(self, dy, run):
        for layer in reversed(self.layers):
            dy = layer.backward(dy, run)
        return dy

    def leaves(self):
        """The layers that have parameters, in model order."""
        return [leaf for layer in self.layers
                for leaf in (layer.leaves() if isinstance(layer, Residual) else [layer])]


class Residual:
    """The input, or its projection, added to what the body makes of it."""

    def __init__(self, name, settings, shape, key):
        self.body = Chain(settings["body"], shape, key, name + ".")
        self.projection = Chain(settings.get("projection", []), shape, key, name + ".projection.")
        self.output_shape = self.body.output_shape

    def forward(self, x, run):
        return self.body.forward(x, run) + self.projection.forward(x, run)

    def backward(self, dy, run):
        # In reverse order of the forward operations: the projection's contribution comes first.
        direct = self.projection.backward(dy, run)
        return direct + self.body.backward(dy, run)

    def leaves(self):
        return self.body.leaves() + self.projection.leaves()


def draw(layer, key):
    """Initial weights and biases where the layer names only their shapes."""
    weight = layer.parameters.get("weight")
    if isinstance(weight, tuple):
        bound = float32(1 / math.sqrt(math.prod(weight[1:])))
        for suffix, shape in layer.parameters.items():
            name = named_key(key, f"{layer.name}.{suffix}")
            layer.parameters[suffix] = uniform(bound, math.prod(shape), name).reshape(shape)


def logical(layer, values):
    """A parameter in PyTorch's order."""
    is_image = isinstance(layer, normalization.LayerNormalization) and values.ndim == 3
    return values.transpose(2, 0, 1) if is_image else values


def in_memory(layer, suffix, values):
    """A gradient as it stands in the arena, padding included."""
    if suffix == "weight" and isinstance(layer, products.Linear):
        values = panels(values[None])
    elif suffix == "weight" and isinstance(layer, products.Convolution):
        outputs, inputs = values.shape[:2]
        ordered = values.transpose(0, 2, 3, 1).reshape(layer.groups, outputs // layer.groups, -1)
        values = panels(ordered)
    flat = values.reshape(-1)
    return np.pad(flat, (0, -len(flat) % PANEL))


def panels(matrices):
    """[group][output][k] as [group][⌈outputs/32⌉][k][32]."""
    groups, outputs, depth = matrices.shape
    padded = np.pad(matrices, ((0, 0), (0, -outputs % PANEL), (0, 0)))
    return padded.reshape(groups, -1, PANEL, depth).transpose(0, 1, 3, 2)
