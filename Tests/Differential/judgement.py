"""Deviations from PyTorch in float64, judged by those of PyTorch in float32."""
from dataclasses import dataclass
import math
import numpy as np

# The product may deviate this many times as far as PyTorch in float32 …
FACTOR = 8
# … or by these, relative to what is measured: a few roundings, where PyTorch happens to have none.
FLOOR = 2.0 ** -20
# One gradient is no more exact than all together, and so is the way of one weight: a bias before a normalization
# has only noise.
FLOOR_OF_ALL = 2.0 ** -22


@dataclass
class Deviation:
    """How far a quantity is from float64."""
    what: str
    ours: float
    theirs: float
    floor: float

    @property
    def ratio(self):
        """Above 1: further than allowed."""
        allowed = max(FACTOR * self.theirs, self.floor)
        return (math.inf if not math.isfinite(self.ours) else self.ours / allowed) if allowed else float(self.ours > 0)

    def __str__(self):
        return f"{self.what}: off by {self.ours:.2e}, PyTorch float32 by {self.theirs:.2e}, floor {self.floor:.2e}"


def measured(training):
    """What a training in PyTorch measured, by name, as vectors."""
    found = {f"loss of step {i + 1}": value for i, value in enumerate(training.losses)}
    found |= {f"gradient norm of step {i + 1}": value for i, value in enumerate(training.norms)}
    for epoch, norms in enumerate(training.gradients):
        found |= {f"gradient norm of {name}, end of epoch {epoch + 1}": norm for name, norm in norms.items()}
    for number, (split, loss, hits, _) in enumerate(training.history):
        found |= {f"{split} loss {number}": loss, f"{split} hits {number}": hits}
    found |= {f"weights {name}": value for name, value in training.weights().items()}
    loss, hits, _ = training.evaluation
    return found | {"evaluation loss": loss, "evaluation hits": hits}


def outputs(product, reference):
    """The same of the product's outputs."""
    losses, norms = product["trace"]
    found = {f"loss of step {i + 1}": value for i, value in enumerate(losses)}
    found |= {f"gradient norm of step {i + 1}": value for i, value in enumerate(norms)}
    names = product["layers"]["parameters"]
    for epoch, entry in enumerate(product["layers"]["epochs"]):
        found |= {f"gradient norm of {name}, end of epoch {epoch + 1}": gradient["norm"]
                  for name, gradient in zip(names, entry["gradients"])}
    scores = [(split, entry[key]) for entry in product["history"]["epochs"]
              for split, key in (("training", "train"), ("validation", "validation")) if entry.get(key)]
    counts = {"training": reference.trained_each_epoch, "validation": reference.validation_count}
    for number, (split, score) in enumerate(scores):
        found |= {f"{split} loss {number}": score["loss"],
                  f"{split} hits {number}": round(score["accuracy"] * counts[split])}
    found |= {f"weights {name}": value for name, value in product["weights"].items()}
    evaluation = product["evaluation"]
    return found | {"evaluation loss": evaluation["loss"],
                    "evaluation hits": round(evaluation["accuracy"] * reference.evaluation_count)}


def distance(a, b):
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(np.ravel(np.asarray(a, np.float64) - b)))


def travelled(training):
    """How far all weights together are from where they began."""
    weights = training.weights()
    return math.sqrt(sum(distance(weights[name], start) ** 2 for name, start in training.start.items()))


def deviations(ours, reference, trainings):
    """Each quantity's; `trainings` are those in float32, the furthest of which decides."""
    exact, others = measured(reference), [measured(training) for training in trainings]
    if set(ours) != set(exact):
        raise AssertionError(f"other quantities than expected: {sorted(set(ours) ^ set(exact))}")
    doubtful = {f"{split} hits {i}": d for i, (split, _, _, d) in enumerate(reference.history)}
    doubtful["evaluation hits"] = reference.evaluation[2]
    for what, value in exact.items():
        if np.shape(ours[what]) != np.shape(value):
            raise AssertionError(f"{what} has shape {np.shape(ours[what])}, not {np.shape(value)}")
        if what in doubtful:
            floor = doubtful[what]
        else:
            floor = FLOOR * distance(value, 0)
        if what.endswith(".running_mean"):  # A mean near 0 is as exact as the values are spread.
            floor += FLOOR * distance(np.sqrt(exact[what.removesuffix("mean") + "var"]), 0)
        if what.startswith("weights "):
            floor += FLOOR_OF_ALL * travelled(reference)
        if what.startswith("gradient norm of ") and "end of epoch" in what:
            epoch = int(what.split()[-1])
            floor += FLOOR_OF_ALL * reference.norms[epoch * reference.steps_per_epoch - 1]
        yield Deviation(what, distance(ours[what], value), max(distance(o[what], value) for o in others), floor)
