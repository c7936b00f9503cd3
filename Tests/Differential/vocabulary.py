"""What the product can be told, by its own JSON Schema, beside what this fuzzer knows of it.

A word or a setting that stands in one and not in the other is an error: nothing new is left out in silence.
"""
import json
import subprocess

# What `spec_maker` draws and `network`, `reference` compute, by place: words, and their settings.
KNOWN = {
    "layer": {
        "flatten": "", "linear": "features bias", "dropout": "probability", "relu": "", "leaky_relu": "slope",
        "tanh": "", "sigmoid": "", "gelu": "approximate", "silu": "", "elu": "alpha", "selu": "", "softplus": "",
        "mish": "", "hard_swish": "", "softmax": "",
        "conv2d": "channels kernel stride padding dilation groups bias", "max_pool": "kernel stride padding",
        "average_pool": "kernel stride padding", "global_average_pool": "", "batch_norm": "momentum epsilon",
        "layer_norm": "epsilon", "group_norm": "groups epsilon", "residual": "body projection"},
    "loss": {"cross_entropy": "label_smoothing", "mean_squared_error": "", "l1": ""},
    "optimizer": {
        "sgd": "learning_rate momentum dampening nesterov weight_decay",
        "adam": "learning_rate beta1 beta2 epsilon weight_decay",
        "adamw": "learning_rate beta1 beta2 epsilon weight_decay",
        "rmsprop": "learning_rate alpha epsilon momentum weight_decay"},
    "schedule": {
        "constant": "warmup_epochs", "step": "every_epochs factor warmup_epochs",
        "exponential": "factor warmup_epochs", "cosine": "final warmup_epochs",
        "one_cycle": "warmup_share divider final_divider"},
    "average": {"ema": "decay"},
    "clip_gradients": "value norm",
    "augment": "crop_padding border horizontal_flip",
    "train": "step seed data model augment loss optimizer schedule clip_gradients epochs batch_size "
             "gradient_accumulation_steps drop_last shards average weights checkpoint",
}


class UnknownVocabulary(Exception):
    """The product and the fuzzer do not know the same words."""


def schema_of(pipeline):
    text = subprocess.run([pipeline, "reference", "--json-schema"], check=True, capture_output=True).stdout
    return json.loads(text)


def choices(schema):
    """The settings of each word of a choice."""
    words = {}
    for part in schema["anyOf"]:
        if "const" in part:
            words.setdefault(part["const"], {})
        for word, value in part.get("properties", {}).items():
            words[word] = next(form["properties"] for form in value["anyOf"] if "properties" in form)
    return words


def compare(place, product, fuzzer):
    for names, whose in ((product - fuzzer, "the fuzzer"), (fuzzer - product, "the product")):
        if names:
            raise UnknownVocabulary(f"{place}: {', '.join(sorted(names))} unknown to {whose}; see {__file__}")


def defaults(pipeline):
    """The default of each setting by place and word, once both sides are known to agree."""
    schema = schema_of(pipeline)
    train = schema["$defs"]["step-train"]["properties"]
    found = {"layer": choices(schema["$defs"]["type-layer"])}
    found |= {place: choices(train[place]) for place in ("loss", "optimizer", "schedule", "average")}
    for place, words in found.items():
        compare(place, set(words), set(KNOWN[place]))
        for word, settings in words.items():
            compare(f"{place} {word}", set(settings) - {"name"}, set(KNOWN[place][word].split()))
    compare("train", set(train), set(KNOWN["train"].split()))
    for place in ("clip_gradients", "augment"):
        compare(place, set(train[place]["properties"]), set(KNOWN[place].split()))
    return {place: {word: {name: value["default"] for name, value in settings.items() if "default" in value}
                    for word, settings in words.items()} for place, words in found.items()}


KNOWN_KINDS = {place: words for place, words in KNOWN.items() if isinstance(words, dict)}


def words(value):
    """Every word of a choice in a spec's value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [word for part in value for word in words(part)]
    if isinstance(value, dict):
        return [word for name, part in value.items() for word in [name, *words(part)]]
    return []
