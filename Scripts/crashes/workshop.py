"""A small data set, a pipeline over it, stores, and the commands that work on them."""
import hashlib
import json
import os
import random
import subprocess

SPEC = """version: 1
name: tiny
seed: 7
stages:
  download:
    step: download
    files:
{files}
  prepare:
    step: prepare
    format: idx
    train: {{images: download/train-images.idx, labels: download/train-labels.idx}}
    test: {{images: download/test-images.idx, labels: download/test-labels.idx}}
    validation: {{count: 15, stratified: true}}
    class_names: [left, middle, right]
  train:
    step: train
    data: prepare/dataset.h5
    model: [flatten, {{linear: 12}}, relu, {{dropout: 0.1}}, {{linear: 3}}]
    optimizer: {{adam: {{learning_rate: 0.01}}}}
    epochs: {epochs}
    batch_size: 16
    checkpoint: {{every_steps: 5, every_epochs: 1}}
  evaluate: {{step: evaluate, model: train/model.safetensors, data: prepare/dataset.h5}}
  report: {{step: report, title: Tiny}}
"""


class Workshop:
    """A folder with three classes of 6x6 images as IDX files, a spec over them, and stores."""

    def __init__(self, folder, program, library, epochs):
        self.folder, self.program, self.library = folder, program, library
        os.makedirs(os.path.join(folder, "mirror"))
        files = ""
        for name, content in self.data().items():
            with open(os.path.join(folder, "mirror", name), "wb") as file:
                file.write(content)
            files += (f"      {name}.idx:\n        urls: [https://data.invalid/{name}]\n"
                      f"        sha256: {hashlib.sha256(content).hexdigest()}\n"
                      f"        bytes: {len(content)}\n")
        with open(os.path.join(folder, "spec.yaml"), "w") as file:
            file.write(SPEC.format(files=files, epochs=epochs))

    @staticmethod
    def data():
        draw = random.Random(1)
        result = {}
        for part, count in (("train", 120), ("test", 30)):
            pixels = bytes(
                min(255, draw.randrange(128) + (90 if pixel % 6 // 2 == sample % 3 else 0))
                for sample in range(count) for pixel in range(36))
            head = bytes([0, 0, 8, 3]) + b"".join(n.to_bytes(4, "big") for n in (count, 6, 6))
            result[f"{part}-images"] = head + pixels
            result[f"{part}-labels"] = (
                bytes([0, 0, 8, 1]) + count.to_bytes(4, "big") + bytes(n % 3 for n in range(count)))
        return result

    def path(self, store):
        """The folder of a store: below the workshop's own, or anywhere by an absolute path."""
        return os.path.join(self.folder, store)

    def command(self, *arguments, store):
        return [self.program, *arguments, "--store", self.path(store)]

    def run_command(self, store, *options):
        return self.command(
            "run", "spec.yaml", "--json", "--offline", "--mirror", "mirror", "--threads", "1",
            *options, store=store)

    def environment(self, faults=None):
        variables = {"PATH": "/usr/bin:/bin", "HOME": self.folder}
        if faults:
            variables["LD_PRELOAD"] = self.library
            variables.update({f"FAULT_{name}": str(value) for name, value in faults.items()})
        return variables

    def call(self, command, faults=None, timeout=3600):
        """Status, output, messages; with `faults`, on a disk that fails."""
        process = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=timeout, env=self.environment(faults))
        return process.returncode, process.stdout.decode(), process.stderr.decode()

    def run(self, store, *options):
        """Status, digests by output, states by stage, messages."""
        status, output, errors = self.call(self.run_command(store, *options))
        lines = output.splitlines()
        try:
            stages = json.loads(lines[-1])["stages"] if lines else []
        except (ValueError, KeyError):
            stages = []
        digests = {f"{stage['name']}/{name}": content["sha256"]
                   for stage in stages for name, content in stage["outputs"].items()}
        return status, digests, {stage["name"]: stage["state"] for stage in stages}, errors

    def fsck(self, store, *options):
        """Status, findings, messages."""
        status, output, errors = self.call(self.command("fsck", "--json", *options, store=store))
        try:
            return status, json.loads(output)["findings"], errors
        except (ValueError, KeyError):
            return status, [], errors + output
