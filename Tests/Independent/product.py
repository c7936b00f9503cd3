"""Runs a spec by the product, and reads what it wrote."""
import csv
import json
import os
import struct
import subprocess
import h5py
import numpy as np
import yaml


class ProductFailure(Exception):
    """The product ended with another exit code than 0."""


def write_data(folder, data, random):
    """Random images whose classes differ in brightness, as IDX files."""
    count, shape = data["count"], data["shape"]
    labels = random.permutation(np.arange(count) % data["classes"]).astype(np.uint8)
    images = random.integers(0, 200, (count, *shape)) + 50 * labels[:, None, None, None] // data["classes"]
    for name, array in (("images", images.astype(np.uint8)), ("labels", labels)):
        header = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
        with open(os.path.join(folder, name), "wb") as file:
            file.write(header + array.tobytes())


def write_spec(folder, spec):
    with open(os.path.join(folder, "spec.yaml"), "w") as file:
        yaml.safe_dump(spec, file, sort_keys=False, default_flow_style=None, width=120)


def run(pipeline, folder, threads, store="store"):
    """The outputs of the stages, by stage/name."""
    command = [pipeline, "run", "spec.yaml", "--json", "--store", store, "--threads", str(threads)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode != 0:
        raise ProductFailure(f"exit {result.returncode}: {result.stderr.strip() or result.stdout.strip()[-2000:]}")
    end = json.loads(result.stdout.strip().splitlines()[-1])
    files = {}
    for stage in end["stages"]:
        for name, output in stage["outputs"].items():
            digest = output["sha256"].removeprefix("sha256:")
            files[f"{stage['name']}/{name}"] = os.path.join(folder, store, "objects/sha256", digest[:2], digest)
    return files


def dataset(path):
    """Images and labels of each split that has samples, and what 0 became."""
    with h5py.File(path) as file:
        splits = {name: (file[name]["images"][:], file[name]["labels"][:]) for name in ("train", "validation", "test")}
        offset = file.attrs["offset"]
    return {name: split for name, split in splits.items() if len(split[1])} | {"offset": offset}


def safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    size, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            assert entry["dtype"] == "F32", entry
            tensors[name] = np.frombuffer(content[8 + size:][start:end], "<f4").reshape(entry["shape"])
    return tensors


def trace(path):
    """Loss and gradient norm of each step, of their bits."""
    with open(path) as file:
        rows = list(csv.DictReader(file))
    return [[struct.unpack(">f", bytes.fromhex(row[name]))[0] for row in rows]
            for name in ("loss_bits", "gradient_norm_bits")]


def load_json(path):
    with open(path) as file:
        return json.load(file)
