"""What is recomputed: small data and specs that between them meet most rules of the numerics.

Each sum is longer than a block somewhere: parameters, rows of a convolution's gradient, rows of a batch normalization.
"""
import numpy as np

PERCEPTRON = {
    "data": {"shape": (1, 7, 9), "count": 150, "classes": 5},
    "prepare": {"validation": {"fraction": 0.15}, "normalize": "standardize"},
    "train": {
        "model": ["flatten", {"linear": 70}, "relu", {"dropout": 0.3}, {"linear": {"features": 20, "name": "middle"}},
                  "tanh", {"linear": 5}],
        "loss": {"cross_entropy": {"label_smoothing": 0.1}}, "optimizer": {"adam": {"learning_rate": 0.01}},
        "schedule": {"cosine": {"final": 0.05, "warmup_epochs": 0.5}}, "epochs": 3, "batch_size": 17, "shards": 3,
        "clip_gradients": {"value": 0.05, "norm": 0.4}}}

CONVOLUTIONAL = {
    "data": {"shape": (2, 20, 18), "count": 60, "classes": 4},
    "prepare": {"validation": {"count": 12, "stratified": False}, "normalize": {"fixed": {
        "mean": [0.4, 0.5], "std": [0.2, 0.3]}}},
    "train": {
        "model": [{"conv2d": {"channels": 6, "kernel": 3, "padding": 1}}, "relu", {"max_pool": 2},
                  {"conv2d": {"channels": 8, "kernel": [3, 2], "stride": [3, 2],
                              "dilation": [2, 1], "groups": 2, "bias": False}}, {"leaky_relu": 0.1},
                  {"max_pool": {"kernel": 3, "stride": 2, "padding": 1}}, "flatten", {"linear": 4}],
        "optimizer": {"sgd": {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.001}},
        "schedule": {"one_cycle": {"warmup_share": 0.4}}, "epochs": 2, "batch_size": 12,
        "gradient_accumulation_steps": 2,
        "augment": {"crop_padding": 2, "border": "reflect", "horizontal_flip": True}}}

NORMALIZED = {
    "data": {"shape": (3, 17, 16), "count": 60, "classes": 3},
    "prepare": {"validation": {"count": 9}, "normalize": {"scale": [-1, 1]}},
    "train": {
        "model": [{"conv2d": {"channels": 8, "kernel": 3, "padding": 1, "bias": False}}, "batch_norm", "relu",
                  {"residual": {
                      "body": [{"conv2d": {"channels": 12, "kernel": 3, "stride": 2, "padding": 1}},
                               {"batch_norm": {"momentum": 0.3, "epsilon": 0.001}}, "relu",
                               {"residual": [{"conv2d": {"channels": 12, "kernel": 1}}, {"group_norm": 3}]}],
                      "projection": [{"conv2d": {"channels": 12, "kernel": 1, "stride": 2}}, "batch_norm"]}},
                  {"average_pool": {"kernel": 2, "stride": 1, "padding": 1}}, "layer_norm", "sigmoid",
                  "global_average_pool", {"linear": 3}],
        "loss": "mean_squared_error", "optimizer": {"adamw": {"learning_rate": 0.003, "beta1": 0.8}},
        "schedule": {"exponential": 0.7}, "epochs": 2, "batch_size": 40, "shards": 2, "drop_last": True}}

SMOOTH = {
    "data": {"shape": (1, 5, 6), "count": 40, "classes": 4},
    "prepare": {"normalize": "none"},
    "train": {
        "model": ["batch_norm", "flatten", {"linear": 33}, "gelu", {"linear": 9}, {"elu": 0.7}, {"linear": 12}, "silu",
                  {"residual": [{"linear": 12}, "softplus"]}, {"linear": 4}],
        "optimizer": {"sgd": 0.05}, "schedule": {"step": {"every_epochs": 1, "factor": 0.3, "warmup_epochs": 1.5}},
        "epochs": 3, "batch_size": 15, "augment": {"crop_padding": 1, "border": "zero", "horizontal_flip": False}}}

CASES = {"perceptron": PERCEPTRON, "convolutional": CONVOLUTIONAL, "normalized": NORMALIZED,
         "smooth": SMOOTH}


def spec(name):
    """The whole spec of a case."""
    case = CASES[name]
    prepare = {"step": "prepare", "format": "idx", "train": {"images": "./images", "labels": "./labels"}}
    train = {"step": "train", "data": "prepare/dataset.h5"}
    return {"version": 1, "name": name, "seed": 2 ** 33 + 7,
            "stages": {"prepare": prepare | case["prepare"], "train": train | case["train"]}}


def random_numbers(name):
    return np.random.default_rng(len(name))
