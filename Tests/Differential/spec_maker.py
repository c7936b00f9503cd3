"""Draws a spec: data, a model of every kind of layer, and how it is trained."""
import random
from naming import choice, pair, window_positions

ACTIVATIONS = ["relu", "relu", "leaky_relu", "tanh", "sigmoid", "gelu", "silu", "elu", "softplus", "selu",
               "mish", "hard_swish"]


class SpecMaker:
    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.seed = seed

    def maybe(self, chance):
        return self.draw.random() < chance

    def number(self, low, high):
        """A number with few digits."""
        return float(f"{self.draw.uniform(low, high):.3g}")

    def size(self, low, high, apart=0.25):
        """A whole number, or two of them that differ."""
        first = self.draw.randint(low, high)
        return [first, self.draw.randint(low, high)] if self.maybe(apart) else first

    # MARK: The spec

    def spec(self):
        channels = self.draw.choice([1, 1, 2, 3])
        shape = (channels, self.draw.randint(3, 19), self.draw.randint(3, 19))
        self.classes = self.draw.randint(2, 6)
        count = self.draw.randint(24, 90)
        held_out = self.draw.choice([0, 7, 12])
        train = self.training(count - held_out)
        train["model"] = self.model(shape)
        if self.maybe(0.2):
            border = self.draw.choice(["reflect", "zero"])
            most = min(shape[1:]) - 1 if border == "reflect" else 4
            train["augment"] = {"crop_padding": self.draw.randint(0, min(3, most)), "border": border,
                                "horizontal_flip": self.maybe(0.5)}
        prepare = {"step": "prepare", "format": "idx", "train": {"images": "./images", "labels": "./labels"},
                   "normalize": self.normalization(channels)}
        if held_out:
            prepare["validation"] = {"count": held_out, "stratified": self.maybe(0.5)}
        evaluate = {"step": "evaluate", "model": "train/model.safetensors", "data": "prepare/dataset.h5",
                    "split": "validation" if held_out else "train", "batch_size": self.draw.randint(1, 40)}
        spec = {"version": 1, "name": f"net-{self.seed}", "seed": self.draw.randrange(2 ** 40),
                "stages": {"prepare": prepare, "train": train, "evaluate": evaluate}}
        return spec, {"shape": shape, "count": count, "classes": self.classes}

    def normalization(self, channels):
        word = self.draw.choice(["standardize", "standardize", "scale", "fixed"])
        if word == "scale":
            return {"scale": [self.number(-1, 0), self.number(0.5, 1.5)]}
        if word == "fixed":
            return {"fixed": {"mean": [self.number(0.2, 0.7) for _ in range(channels)],
                              "std": [self.number(0.2, 0.5) for _ in range(channels)]}}
        return word

    def training(self, count):
        batch = self.draw.randint(3, min(count, 32))
        train = {"step": "train", "data": "prepare/dataset.h5", "batch_size": batch,
                 "epochs": self.draw.randint(1, 3), "drop_last": self.maybe(0.3)}
        accumulated = self.draw.choice([1, 1, 1, 2, 3])
        if accumulated > 1 and batch * accumulated <= count:
            train["gradient_accumulation_steps"] = accumulated
        shards = self.draw.choice([1, 1, 1, 2, 3, 4])
        train["shards"] = min(shards, batch)
        train["loss"] = self.draw.choice(["cross_entropy", "mean_squared_error", "l1",
                                          {"cross_entropy": {"label_smoothing": self.number(0.01, 0.3)}}])
        train["optimizer"] = self.optimizer()
        train["schedule"] = self.schedule()
        if self.maybe(0.2):
            train["average"] = {"ema": self.number(0.3, 0.95)}
            train["weights"] = self.draw.choice(["last", "average"])
        clips = {"value": self.number(0.01, 0.3), "norm": self.number(0.1, 2)}
        chosen = {name: bound for name, bound in clips.items() if self.maybe(0.25)}
        if chosen:
            train["clip_gradients"] = chosen
        self.least_rows = self.least_shard(count, train)
        return train

    @staticmethod
    def least_shard(count, train):
        """The samples of the smallest shard of any batch: what a batch normalization has at least."""
        batch, shards = train["batch_size"], train["shards"]
        step = batch * train.get("gradient_accumulation_steps", 1)
        batches = {batch}
        if not train["drop_last"]:
            rest = count % step
            batches |= {min(batch, rest)} if rest else set()
            batches |= {rest % batch} if rest % batch else set()
        else:
            batches |= {batch}
        return min(min(n for n in (sum(i * shards // size == k for i in range(size)) for k in range(shards)) if n)
                   for size in batches)

    def optimizer(self):
        word = self.draw.choice(["sgd", "sgd", "adam", "adamw", "rmsprop"])
        rate = self.number(0.005, 0.05) if word == "sgd" else self.number(0.0005, 0.005)
        settings = {"learning_rate": rate}
        if self.maybe(0.4):
            settings["weight_decay"] = self.number(0.001, 0.1)
        if word == "sgd":
            if self.maybe(0.6):
                settings |= {"momentum": self.number(0.3, 0.95), "nesterov": self.maybe(0.5)}
                if not settings["nesterov"] and self.maybe(0.5):
                    settings["dampening"] = self.number(0.1, 0.9)
        elif word == "rmsprop":
            settings |= {"alpha": self.number(0.8, 0.99), "epsilon": self.draw.choice([1e-6, 0.001])}
            if self.maybe(0.5):
                settings["momentum"] = self.number(0.3, 0.9)
        elif self.maybe(0.4):
            settings |= {"beta1": self.number(0.5, 0.95), "beta2": self.number(0.9, 0.999),
                         "epsilon": self.draw.choice([1e-8, 1e-6, 0.001])}
        return {word: settings}

    def schedule(self):
        word = self.draw.choice(["constant", "step", "exponential", "cosine", "one_cycle"])
        settings = {
            "constant": {}, "step": {"every_epochs": self.draw.randint(1, 2), "factor": self.number(0.1, 1)},
            "exponential": {"factor": self.number(0.5, 1)}, "cosine": {"final": self.number(0, 0.5)},
            "one_cycle": {"warmup_share": self.number(0.1, 0.9), "divider": self.number(1, 30),
                          "final_divider": self.number(1, 1000)}}[word]
        if word != "one_cycle" and self.maybe(0.4):
            settings["warmup_epochs"] = self.draw.choice([0.3, 0.5, 1, 1.7])
        return {word: settings} if settings else word

    # MARK: The model

    def model(self, shape):
        layers = []
        for _ in range(self.draw.randint(1, 5)):
            layer, shape = self.image_layer(shape)
            layers.append(layer)
        if self.maybe(0.3):
            layers.append("global_average_pool")
            shape = (shape[0],)
        else:
            layers.append("flatten")
            shape = (shape[0] * shape[1] * shape[2],)
        for _ in range(self.draw.randint(0, 4)):
            layer, shape = self.row_layer(shape)
            layers.append(layer)
        return layers + [{"linear": {"features": self.classes, "bias": self.maybe(0.8)}}]

    def image_layer(self, shape, nested=False):
        kinds = ["conv2d"] * 6 + ["activation"] * 3 + ["max_pool", "average_pool", "batch_norm", "batch_norm",
                                                     "layer_norm", "group_norm", "dropout"]
        kind = self.draw.choice(kinds if nested else kinds + ["residual"] * 3)
        if kind == "conv2d":
            return self.convolution(shape)
        if kind in ("max_pool", "average_pool"):
            return self.pooling(kind, shape)
        if kind == "residual":
            return self.residual(shape)
        return self.keeping_layer(kind, shape), shape

    def row_layer(self, shape):
        kind = self.draw.choice(["linear"] * 4 + ["activation"] * 4
                                + ["softmax", "batch_norm", "layer_norm", "group_norm", "dropout", "residual"])
        if kind == "linear":
            return self.linear(shape)
        if kind == "softmax":
            return kind, shape
        if kind == "residual":
            body = [self.linear(shape)[0], self.activation(), {"linear": shape[0]}]
            if self.maybe(0.5):
                return {"residual": body}, shape
            features = self.draw.randint(1, 40)
            body[-1] = {"linear": features}
            return {"residual": {"body": body, "projection": [{"linear": features}]}}, (features,)
        return self.keeping_layer(kind, shape), shape

    def keeping_layer(self, kind, shape):
        """A layer that leaves the shape alone."""
        if kind == "batch_norm":
            positions = shape[1] * shape[2] if len(shape) == 3 else 1
            if self.least_rows * positions >= 4:
                settings = {"momentum": self.number(0.05, 1), "epsilon": self.draw.choice([1e-5, 1e-3])}
                return {"batch_norm": settings} if self.maybe(0.4) else "batch_norm"
        elif kind == "layer_norm" and len(shape) == 3 or kind == "layer_norm" and shape[0] > 2:
            return {"layer_norm": {"epsilon": 1e-4}} if self.maybe(0.3) else "layer_norm"
        elif kind == "group_norm":
            positions = shape[1] * shape[2] if len(shape) == 3 else 1
            groups = self.draw.choice([n for n in range(1, shape[0] + 1) if shape[0] % n == 0])
            if shape[0] // groups * positions > 2:
                return {"group_norm": groups}
        elif kind == "dropout":
            return {"dropout": self.number(0, 0.7)}
        return self.activation()

    def activation(self):
        kind = self.draw.choice(ACTIVATIONS)
        if self.maybe(0.5):
            if kind == "leaky_relu":
                return {"leaky_relu": self.number(0, 1.5)}
            if kind == "gelu":
                return {"gelu": "tanh"}
            if kind == "elu":
                return {"elu": self.number(0.1, 2)}
        return {kind: {"name": f"my.{kind}-{self.draw.randrange(10 ** 6)}"}} if self.maybe(0.1) else kind

    def linear(self, shape):
        features = self.draw.choice([self.draw.randint(1, 20), self.draw.randint(1, 70)])
        return {"linear": {"features": features, "bias": self.maybe(0.8)}}, (features,)

    def convolution(self, shape):
        """Of odd sizes: whatever fits the image."""
        channels = shape[0]
        while True:
            s = {"channels": self.draw.choice([self.draw.randint(1, 9), self.draw.randint(1, 40)]),
                 "kernel": self.size(1, 5), "stride": self.size(1, 3) if self.maybe(0.5) else 1,
                 "padding": self.size(0, 3), "dilation": self.size(1, 3) if self.maybe(0.4) else 1,
                 "bias": self.maybe(0.7)}
            if self.maybe(0.3):  # Windows whose taps and places both leave gaps.
                s |= {"kernel": self.size(2, 4), "stride": self.size(2, 4), "dilation": self.size(2, 4),
                      "padding": self.size(0, 2)}
            groups = self.draw.choice([n for n in range(1, channels + 1) if channels % n == 0]) if self.maybe(0.4) else 1
            s["groups"] = groups
            s["channels"] = max(1, s["channels"] // groups) * groups
            result = (s["channels"], *self.positions(shape, s))
            if min(result) >= 1 and result[1] * result[2] * s["channels"] <= 6000:
                return {"conv2d": s}, result

    @staticmethod
    def positions(shape, s):
        return [window_positions(shape[axis + 1], *(pair(s[name])[axis] for name in (
            "kernel", "stride", "padding", "dilation"))) for axis in (0, 1)]

    def pooling(self, kind, shape):
        while True:
            kernel = self.size(1, 4)
            s = {"kernel": kernel, "stride": self.size(1, 4), "dilation": 1,
                 "padding": [self.draw.randint(0, n // 2) for n in pair(kernel)]}
            result = (shape[0], *self.positions(shape, s))
            if min(result) >= 1:
                del s["dilation"]
                if self.maybe(0.3) and min(self.positions(shape, {
                        "kernel": kernel, "stride": kernel, "padding": 0, "dilation": 1})) >= 1:
                    return {kind: kernel}, (shape[0], *self.positions(shape, {
                        "kernel": kernel, "stride": kernel, "padding": 0, "dilation": 1}))
                return {kind: s}, result

    def residual(self, shape):
        """A branch, and a convolution beside it where it changed the shape."""
        body, inner = [], shape
        for _ in range(self.draw.randint(1, 3)):
            layer, inner = self.residual(inner) if self.maybe(0.1) else self.image_layer(inner, nested=True)
            body.append(layer)
        if inner == shape:
            return {"residual": body}, shape
        # A window of one position for each of the branch: stride and kernel that fit exactly.
        kernel, stride = [], []
        for axis in (1, 2):
            step = max(1, shape[axis] // inner[axis])
            kernel.append(shape[axis] - step * (inner[axis] - 1))
            stride.append(step)
        if min(kernel) < 1:  # The branch has made the image larger.
            return body[0], self.after(shape, body[0])
        projection = [{"conv2d": {"channels": inner[0], "kernel": kernel, "stride": stride, "bias": self.maybe(0.5)}}]
        if self.maybe(0.3) and self.least_rows * inner[1] * inner[2] >= 4:
            projection.append("batch_norm")
        return {"residual": {"body": body, "projection": projection}}, inner

    def after(self, shape, layer):
        """The shape after one layer."""
        kind, s = choice(layer)
        if kind == "residual":
            for inner in s["body"]:
                shape = self.after(shape, inner)
            return shape
        if kind not in ("conv2d", "max_pool", "average_pool"):
            return shape
        s = {"padding": 0, "dilation": 1, "stride": s["kernel"] if kind != "conv2d" else 1} | s
        return (s.get("channels", shape[0]), *self.positions(shape, s))
