"""Recomputes to the bit what the product prepares and trains, from the documents alone, in NumPy.

    independent.py PIPELINE [CASE …]

The exit code is 1 where a bit differs; what differs first is said.
"""
import os
import sys
import tempfile
import time
import h5py
import numpy as np
import cases
import check_exact
import product
from constants import VERSION
from preparation import prepare
from training import Training


def compare(what, ours, theirs):
    """The places in which two arrays of float32, or of whole numbers, differ in a bit."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    if ours.shape != theirs.shape:
        return [f"{what}: shape {theirs.shape}, computed {ours.shape}"]
    if theirs.dtype == np.float32:
        different = ours.astype(np.float32).view(np.uint32) != theirs.view(np.uint32)
    else:
        different = ours != theirs
    if not different.any():
        return []
    place = tuple(int(i) for i in np.argwhere(different)[0])
    return [f"{what}: {different.sum()} of {different.size} differ; at {place} {theirs[place]!r}, "
            f"computed {ours[place]!r}"]


def check_dataset(path, splits, attributes):
    found = []
    with h5py.File(path) as file:
        version = file.attrs["numerics_version"]
        if version.decode() != VERSION:
            found.append(f"numerics {version.decode()}, but this program computes {VERSION}")
        for name, values in attributes.items():
            kind = np.float32 if name in ("scale", "offset") else np.float64
            found += compare(f"attribute {name}", np.array(values, kind), file.attrs[name])
        for split, arrays in splits.items():
            for name, values in arrays.items():
                found += compare(f"{split}/{name}", values, file[split][name][:])
    return found


def check_training(files, training):
    losses, norms = (np.array(column, np.float32) for column in product.trace(files["train/trace.csv"]))
    found = compare("losses of steps", [loss for loss, _ in training.trace], losses)
    found += compare("gradient norms of steps", [norm for _, norm in training.trace], norms)
    for entry, own in zip(product.load_json(files["train/history.json"])["epochs"], training.history, strict=True):
        for split in own:
            theirs = (entry[split]["loss"], entry[split]["accuracy"])
            found += compare(f"{split} loss and accuracy of epoch {entry['epoch']}", own[split], theirs)
    theirs = product.safetensors(files["train/model.safetensors"])
    ours = training.tensors()
    if set(theirs) != set(ours):
        return found + [f"tensors {sorted(theirs)}, computed {sorted(ours)}"]
    for name, values in ours.items():
        found += compare(name, values, theirs[name])
    return found


def check(pipeline, name):
    case, spec = cases.CASES[name], cases.spec(name)
    with tempfile.TemporaryDirectory(prefix="independent-") as folder:
        product.write_data(folder, case["data"], cases.random_numbers(name))
        product.write_spec(folder, spec)
        files = product.run(pipeline, folder, threads=2)
        splits, attributes = prepare(spec["stages"]["prepare"], spec["seed"], folder)
        found = check_dataset(files["prepare/dataset.h5"], splits, attributes)
        data = {split: (arrays["images"], arrays["labels"]) for split, arrays in splits.items()}
        data["offset"] = attributes["offset"]
        return found + check_training(files, Training(spec["stages"]["train"], spec["seed"], data).run())


def main():
    check_exact.check()
    pipeline, names = os.path.abspath(sys.argv[1]), sys.argv[2:] or list(cases.CASES)
    failed = 0
    for name in names:
        began = time.time()
        try:
            found = check(pipeline, name)
        except product.ProductFailure as failure:
            found = [str(failure)]
        failed += bool(found)
        print(f"{name}: {'differs' if found else 'equal to the bit'} ({time.time() - began:.1f} s)", flush=True)
        for line in found:
            print(f"  {line}")
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
