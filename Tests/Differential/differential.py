"""Trains random networks by the product and by PyTorch, and compares.

    differential.py PIPELINE [--count 20] [--first 1] [--failures FOLDER]

Net N is drawn from N alone. A net that fails is written to FOLDER/net-N: its spec, its data, why it failed and the
command to repeat it. The exit code is 1 where one failed. See Documentation/Numerics.md, "Beside PyTorch".
"""
import argparse
import collections
import faulthandler
import os
import shutil
import sys
import tempfile
import time
import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "../Independent"))

import judgement  # noqa: E402
import product  # noqa: E402
import vocabulary  # noqa: E402
from preparation import prepare  # noqa: E402
from spec_maker import SpecMaker  # noqa: E402
from reference import Training  # noqa: E402

# Trainings in float32 from initial weights moved by a last place, where one was not enough to judge by.
MOVED_TRAININGS = 12

# Where nets are trained: in memory where it can be, and with a new store now and then.
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
NETS_OF_A_STORE = 200


def trained(spec, data, defaults, dtype, moved=None):
    train = spec["stages"]["train"]
    result = Training(train, spec["seed"], data, defaults, dtype, moved)
    split = spec["stages"]["evaluate"]["split"]
    result.evaluation = result.evaluate(split)
    epochs = train["epochs"]
    result.steps_per_epoch = len(result.losses) // epochs
    step = train["batch_size"] * train.get("gradient_accumulation_steps", 1)
    result.trained_each_epoch = min(len(data["train"][1]), result.steps_per_epoch * step)
    result.validation_count = len(data["validation"][1]) if "validation" in data else 0
    result.evaluation_count = len(data[split][1])
    return result


def diverges(spec, folder, defaults):
    """Whether a training in float64 leaves what squares of float32 can hold."""
    splits, attributes = prepare(spec["stages"]["prepare"], spec["seed"], folder)
    data = {name: (split["images"], split["labels"]) for name, split in splits.items() if len(split["labels"])}
    exact = trained(spec, data | {"offset": attributes["offset"]}, defaults, torch.float64)
    return not max(exact.losses + exact.norms) < 1e15


def compare(pipeline, folder, store, seed, defaults):
    """The deviations of net `seed`, worst first; none where it diverges, as the product says."""
    spec, data = SpecMaker(seed).spec()
    random = np.random.default_rng(seed)
    product.write_data(folder, data, random)
    product.write_spec(folder, spec)
    try:
        files = product.run(pipeline, folder, 1 + seed % 3, store)
    except product.ProductFailure as failure:
        if "not finite" in str(failure) and diverges(spec, folder, defaults):
            return []
        raise
    data = product.dataset(files["prepare/dataset.h5"])
    ours = {"trace": product.trace(files["train/trace.csv"]),
            "layers": product.load_json(files["train/layers.json"]),
            "history": product.load_json(files["train/history.json"]),
            "weights": product.safetensors(files["train/model.safetensors"]),
            "evaluation": product.load_json(files["evaluate/evaluation.json"])}
    exact = trained(spec, data, defaults, torch.float64)
    outputs = judgement.outputs(ours, exact)
    trainings = [trained(spec, data, defaults, torch.float32)]
    found = list(judgement.deviations(outputs, exact, trainings))
    if any(deviation.ratio > 1 for deviation in found):
        # A relu or a maximum may tip over by a rounding: how far does a rounding of the weights lead?
        trainings += [trained(spec, data, defaults, torch.float32, random) for _ in range(MOVED_TRAININGS)]
        found = list(judgement.deviations(outputs, exact, trainings))
    return sorted(found, key=lambda deviation: -deviation.ratio)


def keep(folder, failures, seed, why):
    """Leaves a net that failed where it can be looked at."""
    target = os.path.join(failures, f"net-{seed}")
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    for name in ("spec.yaml", "images", "labels"):
        if os.path.exists(os.path.join(folder, name)):
            shutil.copy(os.path.join(folder, name), target)
    with open(os.path.join(target, "why.txt"), "w") as file:
        file.write(f"{why}\n\nAgain: make differential ARGS=\"--first {seed} --count 1\"\n")
    return target


def judge(pipeline, store, seed, defaults, failures):
    """The worst ratio of a net, and what is to be said where it failed."""
    with tempfile.TemporaryDirectory(prefix="net-", dir=MEMORY) as folder:
        ratio = 10
        try:
            found = compare(pipeline, folder, store, seed, defaults)
            why = "\n".join(str(deviation) for deviation in found if deviation.ratio > 1)
            ratio = found[0].ratio if found else 0
        except Exception as error:  # Whatever went wrong, its spec is kept and the next net is tried.
            why = f"{type(error).__name__}: {error}"
        return ratio, why and f"net {seed}: {keep(folder, failures, seed, why)}\n{why}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pipeline", help="the program")
    parser.add_argument("--count", type=int, default=20, help="how many nets")
    parser.add_argument("--first", type=int, default=1, help="the number of the first")
    parser.add_argument("--failures", default=".build/differential", help="where nets that fail are left")
    arguments = parser.parse_args()
    faulthandler.enable()
    torch.set_num_threads(1)
    pipeline = os.path.abspath(arguments.pipeline)
    defaults = vocabulary.defaults(pipeline)
    began, failed, worst, drawn = time.time(), 0, collections.Counter(), collections.Counter()
    last = arguments.first + arguments.count
    for first in range(arguments.first, last, NETS_OF_A_STORE):
        with tempfile.TemporaryDirectory(prefix="differential-", dir=MEMORY) as store:
            for seed in range(first, min(first + NETS_OF_A_STORE, last)):
                ratio, why = judge(pipeline, store, seed, defaults, arguments.failures)
                worst[min(10, int(ratio * 10))] += 1
                drawn.update(vocabulary.words(SpecMaker(seed).spec()[0]["stages"]["train"]))
                if why:
                    failed += 1
                    print(why[:1500], flush=True)
    never = [word for words in vocabulary.KNOWN_KINDS.values() for word in words if not drawn[word]]
    if never and arguments.count >= 100:
        failed += 1
        print("never drawn: " + ", ".join(never))
    print("worst deviation of each net in tenths of what is allowed: "
          + " ".join(f"{tenth}:{worst[tenth]}" for tenth in sorted(worst)))
    print(f"{arguments.count - failed} passed, {failed} failed ({time.time() - began:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
