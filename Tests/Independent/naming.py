"""Layers of a spec: their kinds, settings and names, from Documentation/SpecReference.md and Numerics.md."""

# What a kind means where it is written with one value: {linear: 128}.
MAIN_SETTING = {
    "linear": "features", "dropout": "probability", "leaky_relu": "slope", "elu": "alpha", "max_pool": "kernel",
    "average_pool": "kernel", "group_norm": "groups", "residual": "body", "scale": "range",
    "gelu": "approximate", "ema": "decay",
    "exponential": "factor", "sgd": "learning_rate", "adam": "learning_rate", "adamw": "learning_rate"}


def choice(value):
    """The word and the settings of a choice."""
    if isinstance(value, str):
        return value, {}
    (word, settings), = value.items()
    if settings is None:
        return word, {}
    return word, dict(settings) if isinstance(settings, dict) else {MAIN_SETTING[word]: settings}


def pair(value):
    """A height and a width, of one number or two."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value, value)


def layers(model, prefix=""):
    """Kind, name and settings of each layer: the name given, or kind and ordinal in its own list."""
    counts = {}
    for item in model:
        kind, settings = choice(item)
        counts[kind] = counts.get(kind, 0) + 1
        yield kind, prefix + str(settings.pop("name", f"{kind}{counts[kind]}")), settings


def window_positions(extent, kernel, stride, padding, dilation=1):
    """The places of a window along an axis; less than 1 where it does not fit."""
    return (extent + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
