"""The step `prepare` on IDX files of bytes, from Documentation/DatasetFormat.md and Numerics.md."""
import math
import struct
import numpy as np
from exact import float32, fma
from naming import choice
from streams import SPLIT, named_key, permutation, seed_key


def read_idx(path):
    with open(path, "rb") as file:
        content = file.read()
    rank = content[3]
    shape = struct.unpack(f">{rank}I", content[4:4 + 4 * rank])
    return np.frombuffer(content[4 + 4 * rank:], np.uint8).reshape(shape)


def validation_places(labels, settings, seed):
    """The places taken for validation, ascending."""
    total, key = len(labels), seed_key(seed)
    count = settings.get("count", 0)
    if "fraction" in settings:
        count = math.floor(settings["fraction"] * total + 0.5)
    if not settings.get("stratified", True):
        return np.sort(permutation(total, key, purpose=SPLIT)[:count])
    members = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    shares = [len(own) * count // total for own in members]
    remainders = [len(own) * count % total for own in members]
    largest = sorted(range(len(members)), key=lambda label: (-remainders[label], label))
    for label in largest[:count - sum(shares)]:
        shares[label] += 1
    taken = [own[permutation(len(own), named_key(key, f"class {label}"), purpose=SPLIT)[:share]]
             for label, (own, share) in enumerate(zip(members, shares))]
    return np.sort(np.concatenate(taken))


def statistics(images):
    """Mean and deviation of each channel, in parts of full scale: exact sums of bytes."""
    values = images.astype(np.int64)
    count = values[:, 0].size
    first, second = (values ** power for power in (1, 2))
    sums = [[int(moment[:, channel].sum()) for moment in (first, second)] for channel in range(values.shape[1])]
    return ([s / (255 * count) for s, _ in sums],
            [math.sqrt(count * q - s * s) / (255 * count) for s, q in sums])


def factors(settings, mean, std):
    """Scale and offset of each channel."""
    word, s = choice(settings)
    channels = len(mean)
    if word == "standardize":
        std = [value or 1 for value in std]
    elif word == "fixed":
        mean, std = (list(s[name]) * (channels if len(s[name]) == 1 else 1) for name in ("mean", "std"))
    elif word == "scale":
        low, high = s.get("range", [0, 1])
        return [float32((high - low) / 255)] * channels, [float32(low)] * channels
    else:
        return [float32(1)] * channels, [float32(0)] * channels
    return [float32(1 / (255 * d)) for d in std], [float32(-m / d) for m, d in zip(mean, std)]


def prepare(settings, seed, folder):
    """What dataset.h5 holds: images, labels and indices of each split, and attributes."""
    splits, sources = {}, {}
    for name in ("train", "test"):
        if name in settings:
            images, labels = (read_idx(f"{folder}/{settings[name][part]}") for part in ("images", "labels"))
            sources[name] = images if images.ndim == 4 else images[:, None], labels
    images, labels = sources["train"]
    held_out = validation_places(labels, settings.get("validation", {}), seed)
    rest = np.setdiff1d(np.arange(len(labels)), held_out)
    mean, std = statistics(images[rest])
    scale, offset = factors(settings.get("normalize", "standardize"), mean, std)
    empty = images[:0], labels[:0]
    for name, (source, places) in {
            "train": (sources["train"], rest), "validation": (sources["train"], held_out),
            "test": (sources.get("test", empty), np.arange(len(sources.get("test", empty)[1])))}.items():
        values = source[0][places].astype(np.float32)
        normalized = np.empty(values.shape, np.float32)
        for channel in range(values.shape[1]):
            normalized[:, channel] = fma(values[:, channel], scale[channel], offset[channel])
        splits[name] = {"images": normalized, "labels": source[1][places].astype(np.int64), "indices": places}
    return splits, {"mean": mean, "std": std, "scale": scale, "offset": offset}
