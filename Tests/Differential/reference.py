"""The step `train`, and what `evaluate` measures, in PyTorch."""
import math
import numpy as np
import torch
import torch.nn.functional as F
from naming import choice
from network import Network
from sampling import augmented
from streams import permutation, seed_key


def rate_factor(word, s, step, per_epoch, epochs):
    """What the schedule makes of the learning rate, from Documentation/Numerics.md."""
    def blend(start, end, share):
        return end + (start - end) * (1 + math.cos(math.pi * share)) / 2
    last, epoch = max(1, per_epoch * epochs - 1), step // per_epoch
    warm = math.floor(s.get("warmup_epochs", 0) * per_epoch + 0.5)
    rising = (step + 1) / warm if step < warm else 1
    if word == "step":
        return rising * s["factor"] ** (epoch // s["every_epochs"])
    if word == "exponential":
        return rising * s["factor"] ** epoch
    if word == "cosine":
        share = min(1, max(0, (step - warm) / (last - warm))) if last > warm else 1
        return rising * blend(1, s["final"], share)
    if word == "one_cycle":
        peak, low = s["warmup_share"] * last, 1 / s["divider"]
        if step < peak:
            return blend(low, 1, step / peak)
        return blend(1, low / s["final_divider"], min(1, (step - peak) / (last - peak)))
    return rising


class Training:
    """A training from the product's initial weights, in its order, and all that is compared of it."""

    def __init__(self, settings, seed, data, defaults, dtype, moved=None):
        self.settings, self.seed, self.data, self.defaults, self.dtype = settings, seed, data, defaults, dtype
        shape = data["train"][0].shape[1:]
        self.network = Network(settings["model"], shape, seed, defaults, dtype, settings["shards"])
        self.start = {name: p.detach().double().numpy().copy() for name, p in self.network.parameters.items()}
        if moved is not None:
            self.network.moved(moved)
        self.optimizer = self.make_optimizer()
        average = self.settings.get("average")
        self.decay = self.choice("average")[1]["decay"] if average else None
        self.averages = {name: p.detach().clone() for name, p in self.network.parameters.items()}
        self.losses, self.norms, self.gradients, self.history, self.doubtful = [], [], [], [], []
        self.run()

    def choice(self, place):
        word, settings = choice(self.settings[place])
        return word, self.defaults[place][word] | settings

    def make_optimizer(self):
        word, s = self.choice("optimizer")
        self.rate = s["learning_rate"]
        parameters = list(self.network.parameters.values())
        if word == "sgd":
            return torch.optim.SGD(parameters, lr=self.rate, momentum=s["momentum"], dampening=s["dampening"],
                                   nesterov=s["nesterov"], weight_decay=s["weight_decay"])
        if word == "rmsprop":
            return torch.optim.RMSprop(parameters, lr=self.rate, alpha=s["alpha"], eps=s["epsilon"],
                                       momentum=s["momentum"], weight_decay=s["weight_decay"])
        kind = torch.optim.Adam if word == "adam" else torch.optim.AdamW
        return kind(parameters, lr=self.rate, betas=(s["beta1"], s["beta2"]), eps=s["epsilon"],
                    weight_decay=s["weight_decay"])

    def sample_losses(self, outputs, labels):
        word, s = self.choice("loss")
        if word == "cross_entropy":
            return F.cross_entropy(outputs, labels, label_smoothing=s["label_smoothing"], reduction="none")
        target = F.one_hot(labels, outputs.shape[1]).to(outputs.dtype)
        loss = F.l1_loss if word == "l1" else F.mse_loss
        return loss(outputs, target, reduction="none").mean(1)

    def images(self, samples, epoch):
        images, s = self.data["train"][0][samples], self.settings.get("augment")
        if s:
            border = "reflect" if s["border"] == "reflect" else self.data["offset"]
            images = augmented(images, samples, seed_key(self.seed), epoch, s["crop_padding"], border,
                               s["horizontal_flip"])
        # PyTorch 2.13 writes through a null pointer where a group_norm's input needs no gradient.
        return torch.tensor(images, dtype=self.dtype, requires_grad=True)

    # MARK: The loop

    def run(self):
        labels = torch.tensor(self.data["train"][1])
        batch = self.settings["batch_size"]
        step_size = batch * self.settings.get("gradient_accumulation_steps", 1)
        count = len(labels)
        per_epoch = count // step_size if self.settings["drop_last"] else -(-count // step_size)
        word, s = self.choice("schedule")
        for epoch in range(self.settings["epochs"]):
            order = permutation(count, seed_key(self.seed), epoch)
            scores = Scores()
            for place in range(per_epoch):
                step = epoch * per_epoch + place
                samples = order[place * step_size:(place + 1) * step_size]
                self.losses.append(self.accumulate(samples, batch, labels, step, epoch, scores))
                if place == per_epoch - 1:
                    self.gradients.append(self.gradient_norms())
                self.clip()
                for group in self.optimizer.param_groups:
                    group["lr"] = self.rate * rate_factor(word, s, step, per_epoch, self.settings["epochs"])
                self.optimizer.step()
                if self.decay is not None:
                    for name, p in self.network.parameters.items():
                        self.averages[name] += (1 - self.decay) * (p.detach() - self.averages[name])
            self.history.append(("training", scores.loss / scores.count, scores.hits, scores.doubtful))
            if "validation" in self.data:
                self.history.append(("validation", *self.evaluate("validation")))
        if self.settings.get("weights") == "average":
            for name, p in self.network.parameters.items():
                p.data.copy_(self.averages[name])

    def accumulate(self, samples, batch, labels, step, epoch, scores):
        """The gradients of a step; its loss."""
        self.optimizer.zero_grad(set_to_none=False)
        total = 0.0
        for start in range(0, len(samples), batch):
            part = samples[start:start + batch]
            outputs = self.network(self.images(part, epoch), part, step)
            each = self.sample_losses(outputs, labels[part])
            loss = each.sum() / len(samples)
            loss.backward()
            total += loss.item()
            scores.add(each, outputs, labels[part])
        self.norms.append(math.sqrt(sum(norm ** 2 for norm in self.gradient_norms().values())))
        return total

    def gradient_norms(self):
        return {name: 0.0 if p.grad is None else p.grad.double().norm().item()
                for name, p in self.network.parameters.items()}

    def clip(self):
        bounds = self.settings.get("clip_gradients", {})
        parameters = [p for p in self.network.parameters.values() if p.grad is not None]
        if "value" in bounds:
            torch.nn.utils.clip_grad_value_(parameters, bounds["value"])
        if "norm" in bounds:  # PyTorch's own divides by the norm + 1e-6.
            norm = math.sqrt(sum(p.grad.double().norm().item() ** 2 for p in parameters))
            if norm > bounds["norm"]:
                for p in parameters:
                    p.grad.mul_(bounds["norm"] / norm)

    # MARK: Afterwards

    def evaluate(self, split):
        """Loss, hits, and how many hits another rounding may change."""
        scores = Scores()
        with torch.no_grad():
            outputs = self.network(torch.tensor(self.data[split][0], dtype=self.dtype))
            labels = torch.tensor(self.data[split][1])
            scores.add(self.sample_losses(outputs, labels), outputs, labels)
        return scores.loss / scores.count, scores.hits, scores.doubtful

    def weights(self):
        tensors = self.network.parameters | self.network.buffers
        return {name: tensor.detach().double().numpy() for name, tensor in tensors.items()}


class Scores:
    """Sums over the samples of an epoch or a split."""

    def __init__(self):
        self.loss, self.hits, self.doubtful, self.count = 0.0, 0, 0, 0

    def add(self, losses, outputs, labels):
        self.loss += losses.detach().double().sum().item()
        self.count += len(labels)
        outputs = outputs.detach().double().numpy()
        rows = np.arange(len(labels))
        own = outputs[rows, labels].copy()
        self.hits += int((outputs.argmax(1) == labels.numpy()).sum())
        outputs[rows, labels] = -np.inf
        near = np.abs(own - outputs.max(1)) < 1e-4 * np.maximum(1, np.abs(own))
        self.doubtful += int(near.sum())
