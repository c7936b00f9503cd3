"""The step `train`, from Documentation/Numerics.md: "The order of a step"."""
from dataclasses import dataclass
import numpy as np
from exact import float32
from learning import Loss, Optimizer, learning_rate
from model import Chain, in_memory, logical
from sampling import augmented
from streams import permutation, seed_key
from sums import total_of_squares


@dataclass
class Run:
    """What layers ask of the pass that they are in."""
    key: tuple
    shards: int
    training: bool
    step: int = 0
    samples: np.ndarray = None


class Training:
    def __init__(self, settings, seed, data):
        """`data`: images N×C×H×W and labels of the splits train and validation, and the offset of each channel."""
        self.settings, self.data, self.key = settings, data, seed_key(seed)
        self.shards = settings.get("shards", 1)
        self.model = Chain(settings["model"], data["train"][0].shape[1:], self.key)
        self.loss, self.optimizer = Loss(settings.get("loss", "cross_entropy")), Optimizer(settings["optimizer"])
        self.trace, self.history = [], []

    def tensors(self):
        """Parameters and buffers in PyTorch's names, shapes and order."""
        return {f"{layer.name}.{suffix}": logical(layer, values) for layer in self.model.leaves()
                for suffix, values in (layer.parameters | layer.buffers).items()}

    def run(self):
        images, labels = self.data["train"]
        s, count = self.settings, len(labels)
        batch = s.get("batch_size", 64)
        size = batch * s.get("gradient_accumulation_steps", 1)
        per_epoch = count // size if s.get("drop_last") else -(-count // size)
        for epoch in range(s["epochs"]):
            order, measured = permutation(count, self.key, epoch), []
            for place in range(per_epoch):
                step = epoch * per_epoch + place
                samples = order[place * size:(place + 1) * size]
                loss, gradients = self.gradients(samples, batch, step, epoch, measured)
                self.trace.append((loss, self.norm(gradients)))
                rate = learning_rate(s.get("schedule", "constant"), self.optimizer.s["learning_rate"],
                                     step, per_epoch, s["epochs"])
                self.update(self.clipped(gradients), rate, step + 1)
                self.commit()
            self.history.append({"train": scores(measured)} | self.validation())
        return self

    def gradients(self, samples, batch, step, epoch, measured):
        """Loss and gradients of a step of one or several batches."""
        loss, gradients = None, {}
        for start in range(0, len(samples), batch):
            if start:
                self.commit()
            part = samples[start:start + batch]
            run = Run(self.key, self.shards, True, step, part)
            labels = self.data["train"][1][part]
            outputs = self.model.forward(self.images(part, epoch), run)
            losses, own, dy = self.loss(outputs, labels, len(samples))
            self.model.backward(dy, run)
            measured.append((losses, outputs.argmax(axis=1) == labels))
            loss = own if loss is None else loss + own
            for layer in self.model.leaves():
                for suffix, gradient in layer.gradients.items():
                    name = layer, suffix
                    gradients[name] = gradients[name] + gradient if name in gradients else gradient
        return loss, gradients

    def images(self, samples, epoch):
        images, s = self.data["train"][0][samples], self.settings.get("augment")
        if s:
            border = self.data["offset"] if s.get("border") == "zero" else "reflect"
            images = augmented(images, samples, self.key, epoch, s.get("crop_padding", 0), border,
                               s.get("horizontal_flip", False))
        return images.transpose(0, 2, 3, 1)

    @staticmethod
    def norm(gradients):
        arena = [in_memory(*name, values) for name, values in gradients.items()]
        return np.sqrt(total_of_squares(np.concatenate(arena)))

    def clipped(self, gradients):
        bounds = self.settings.get("clip_gradients", {})
        if "value" in bounds:
            bound = float32(bounds["value"])
            gradients = {name: np.where(g < -bound, -bound, np.where(g > bound, bound, g))
                         for name, g in gradients.items()}
        if "norm" in bounds:
            norm = float(self.norm(gradients))
            if norm > bounds["norm"]:
                gradients = {name: g * float32(bounds["norm"] / norm) for name, g in gradients.items()}
        return gradients

    def update(self, gradients, rate, step):
        for (layer, suffix), gradient in gradients.items():
            layer.parameters[suffix] = self.optimizer.update(
                (layer.name, suffix), layer.parameters[suffix], gradient, rate, step)

    def commit(self):
        for layer in self.model.leaves():
            layer.commit()

    def validation(self):
        images, labels = self.data["validation"]
        if not len(labels):
            return {}
        outputs = self.model.forward(images.transpose(0, 2, 3, 1), Run(self.key, self.shards, False))
        losses, _, _ = self.loss(outputs, labels, len(labels))
        return {"validation": scores([(losses, outputs.argmax(axis=1) == labels)])}


def scores(measured):
    """Sums in Double, in the order in which samples were drawn."""
    losses, hits = (np.concatenate(column) for column in zip(*measured))
    loss = 0.0
    for value in losses:
        loss += float(value)
    return loss / len(losses), int(hits.sum()) / len(hits)
