#!/usr/bin/env python3
"""Ours beside PyTorch and JAX on one machine, in one run: python3 Benchmarks/peers/bench.py [ROW …] [options].

Each row alternates between all programs, `--repeat` times; figures are medians. A form of PyTorch is a number of threads, eager or
compiled, with or without channels_last, and a form of Adam. All forms run a short qualification first; those within a quarter
of the fastest, at most three, go on, and the fastest median counts. All programs begin from the same weights and see the same
samples in the same order, so that the mean losses of the trainings can be compared.

A virtual machine's cores are shared with neighbours whom nobody sees. So each measurement, of ours and PyTorch alike, lies between
two probes, products of 512³ on both cores together: where one is below CALM of the greatest so far, somebody else was
at work, and it is done again when the cores are free, at most ATTEMPTS times; then the calmest counts. How long a program took is never a reason.

`make bench-peers` builds what is needed and makes the virtual environment. With all rows the table is written to
Benchmarks/results/<date>.md.
"""
import argparse
import datetime
import gzip
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).resolve().parent

# Name, what it says in the table, must, aim, and how many multiply-adds of float32 a repetition has (for GFLOP/s).
PERCEPTRON = 2 * (2 * 784 * 128 + 3 * (128 * 64 + 640))
LENET = 2 * (2 * 117_600 + 3 * (240_000 + 48_000 + 10_080 + 840))
CONV = 2 * (2 * 194_688 + 3 * (10_616_832 + 1_179_648 + 1280))
RESNET = 2 * (2 * 442_368 + 3 * (40_813_184 - 442_368))
RATIOS = {
    # row: title, must, aim, steps (None: an epoch), batch, operations a sample
    "perceptron64": ("Perceptron 784-128-64-10, batch 64, Adam, MNIST epoch", 0.33, 0.22, None, 64, PERCEPTRON),
    "perceptron512": ("The same, batch 512", 0.65, 0.50, None, 512, PERCEPTRON),
    "inference": ("Inference, batch 1, perceptron", 0.15, 0.10, None, 1, 2 * 109_184),
    "lenet": ("LeNet-5, batch 64, Adam, MNIST epoch", 0.30, 0.18, None, 64, LENET),
    "conv": ("Conv 32-64 (3×3), pool, dropout, 9216-128-10, batch 64, step", 0.50, 0.42, 40, 64, CONV),
    "resnet": ("ResNet-20 shape with batch normalization, 32×32×3, batch 128, step", 0.85, 0.65, 10, 128, RESNET),
}
OWN = {
    # row: title, must, aim, whether more is better
    "matmul": ("Matrix product 1024³, one core, share of the FMA peak", 0.90, 0.97, True),
    "matmul2": ("2 threads over 1, matrix product 1024³", 1.8, 1.95, True),
    "conv2": ("2 threads over 1, the convolutional net", 1.8, 1.95, True),
    "oversubscribed": ("Twice as many threads as cores, time against the right number", 1.5, 1.1, False),
    "memory": ("Peak memory of the perceptron job, MB", 260, 100, False),
}
ORDER = ["perceptron64", "perceptron512", "inference", "matmul", "matmul2", "memory", "oversubscribed", "lenet", "conv",
         "resnet", "conv2"]
FORMS = {
    "perceptron64": ["eager+plain", "eager+foreach", "eager+fused", "compile+fused"],
    "perceptron512": ["eager+plain", "eager+foreach", "eager+fused", "compile+fused"],
    "inference": ["eager", "frozen", "compile"],
    "lenet": ["eager+foreach", "eager+fused", "channels_last+fused", "compile+fused", "compile+channels_last+fused"],
    "conv": ["eager+fused", "eager+foreach", "channels_last+fused", "compile+fused", "compile+channels_last+fused"],
    "resnet": ["eager+fused", "eager+foreach", "channels_last+fused", "compile+fused", "compile+channels_last+fused"],
}
# When the cores are free, how often to try a measurement, and how many seconds to wait for free cores in all.
CALM, ATTEMPTS, PATIENCE = 0.85, 4, 900
# TorchScript is no form that the goal names (eager, channels_last, torch.compile): measured and shown, not judged by.
BEYOND = {"frozen"}
JAX_FORMS = {"perceptron64": ["jit", "scan"], "perceptron512": ["jit", "scan"]}


class Worker:
    """A program that answers requests, one line each."""

    def __init__(self, name, command, environment=None):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tempfile.gettempdir(),
            stderr=None if os.environ.get("VERBOSE") else subprocess.DEVNULL, env={**os.environ, **(environment or {})})

    def ask(self, *words):
        print(*[word for word in words if word is not None], file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"bench: {self.name} ended in {' '.join(map(str, words))}; VERBOSE=1 shows why")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def images(folder):
    """The folder with MNIST or Fashion-MNIST as IDX files, gzipped or not."""
    names = [os.environ.get("PEERS_DATA"), *os.environ.get("PIPELINE_MIRRORS", "").split(":"), "../shared/datasets/mnist",
             "/usr/share/datasets/fashion-mnist"]
    for name in [folder] if folder else names:
        if name and (path := (ROOT / name).resolve()).is_dir() and list(path.glob("train-images*")):
            return path
    raise SystemExit("bench: no images: give --data FOLDER with MNIST's files, or apt-get install dataset-fashion-mnist")


def read(path):
    return gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()


def lay_out(source, folder, python):
    """Writes float32 samples for all programs: 60,000 gray images, standardized, and 1,280 made-up color images."""
    code = """
import sys, numpy
source, labels, folder = sys.argv[1:]
pixels = numpy.fromfile(source, numpy.uint8)[16:]
((pixels.astype(numpy.float32) / 255 - numpy.float32(0.1307)) / numpy.float32(0.3081)).tofile(folder + "/gray.f32")
numpy.fromfile(labels, numpy.uint8)[8:].tofile(folder + "/gray.labels")
draw = numpy.random.default_rng(7)
classes = (numpy.arange(1280) % 10).astype(numpy.uint8)
patterns = draw.standard_normal((10, 3, 32, 32)).astype(numpy.float32)
(patterns[classes] + draw.standard_normal((1280, 3, 32, 32)).astype(numpy.float32)).tofile(folder + "/color.f32")
classes.tofile(folder + "/color.labels")
"""
    raw = [folder / "images", folder / "labels"]
    for path, kind in zip(raw, ("images", "labels")):
        path.write_bytes(read(sorted(source.glob(f"train-{kind}*"))[0]))
    subprocess.run([python, "-c", code, *map(str, raw), str(folder)], check=True)
    for path in raw:
        path.unlink()


def peak_of(command, **options):
    """The peak resident memory of a program in MB, and its output."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, **options)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status:
            raise SystemExit(f"bench: {command[0]} failed with {status}")
    return usage.ru_maxrss * 1024 / 1e6


class Bench:
    def __init__(self, arguments):
        self.options = arguments
        self.folder = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir() + "/pipeline-bench"))
        self.folder.mkdir(exist_ok=True)
        build = ROOT / ".build/release"
        self.ours_path, self.pipeline = build / "TrainingSpeed", build / "pipeline"
        self.source = images(arguments.data)
        stamp = self.folder / "source"
        if not stamp.exists() or stamp.read_text() != str(self.source):
            lay_out(self.source, self.folder, arguments.python)
            stamp.write_text(str(self.source))
        subprocess.run([self.ours_path, "export", self.folder, "--data", self.folder], check=True)
        self.ours = Worker("TrainingSpeed", [self.ours_path, "serve", "--data", self.folder])
        self.torch, self.jax = {}, None
        # GFLOP/s of both cores when nobody else is at work on them.
        self.free = max(arguments.free, *(self.probe() for _ in range(80)))
        self.measured = self.repeated = self.disturbed = self.waited = 0
        if arguments.ours:
            return
        for threads in (1, 2):
            # Compiling in the process itself: PyTorch's pool of compilers waits for ever if something pauses the pool.
            limits = {"OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads), "TORCHINDUCTOR_COMPILE_THREADS": "1"}
            self.torch[threads] = Worker(
                f"PyTorch with {threads} threads",
                [arguments.python, PEERS / "torch_worker.py", str(threads), self.folder], limits)
        if not arguments.no_jax:
            self.jax = Worker(
                "JAX", [arguments.python, PEERS / "jax_worker.py", self.folder], {"JAX_PLATFORMS": "cpu"})

    def probe(self):
        return self.ours.ask("calm", 1)["values"][0]

    def calmly(self, measure):
        """The answer of `measure` with free cores, or the calmest of some answers."""
        done = []
        for _ in range(ATTEMPTS):
            began = time.monotonic()
            while (before := self.probe()) < CALM * self.free and self.waited + time.monotonic() - began < PATIENCE:
                time.sleep(0.1)
            self.waited += time.monotonic() - began
            answer = measure()
            probe = min(before, self.probe())
            self.free = max(self.free, probe)
            done.append((probe, answer))
            if probe >= CALM * self.free:
                break
        self.measured += 1
        self.repeated += len(done) - 1
        self.disturbed += probe < CALM * self.free
        return max(done, key=lambda pair: pair[0])[1]

    def say(self, *words):
        print(*words, file=sys.stderr, flush=True)

    def qualify(self, row):
        """The forms of PyTorch worth measuring, with what the others took in the qualification."""
        steps = {"inference": None, "conv": 4, "resnet": 2, "lenet": 60}.get(row, 150)
        times, failed = {}, []
        for form in FORMS[row]:
            for threads, worker in self.torch.items():
                # Known to lose, and slow to find out: one-tensor Adam on two threads, compiled convolutions on one.
                if ("plain" in form and threads == 2) or (
                        "compile" in form and threads == 1 and row in ("conv", "resnet")):
                    continue
                answer = worker.ask(row, form, 2, steps)
                if "error" in answer:
                    failed.append(f"{form}, {threads} threads: {answer['error']}")
                else:
                    times[form, threads] = min(answer["values"]) / (steps or 1)
        best = min(t for (form, _), t in times.items() if form not in BEYOND)
        chosen = sorted((t, key) for key, t in times.items() if t <= 1.25 * best and key[0] not in BEYOND)
        chosen = chosen[: self.options.finalists] + sorted((t, key) for key, t in times.items() if key[0] in BEYOND)[:1]
        others = {key: t for key, t in times.items() if key not in [key for _, key in chosen]}
        for line in failed:
            self.say(f"  {row}: PyTorch {line}")
        return [key for _, key in chosen], others, failed

    def compare(self, row):
        title, must, aim, steps, batch, operations = RATIOS[row]
        result = {"row": row, "title": title, "must": must, "aim": aim, "ours": [], "torch": {}, "jax": {}, "losses": {}}
        chosen = []
        if self.torch:
            chosen, result["others"], result["failed"] = self.qualify(row)
        forms = JAX_FORMS.get(row, ["jit"]) if self.jax else []
        slow_jax = set()
        unit = steps or 1
        for repetition in range(self.options.repeat):
            answer = self.calmly(lambda: self.ours.ask(row, 1))
            scale = {"s": 1, "ms a step": 1e-3 * unit, "µs": 1e-6}[answer["unit"]]
            result["ours"].append(answer["values"][0] * scale / unit)
            result["losses"]["ours"] = answer.get("loss")
            for form, threads in chosen:
                answer = self.calmly(lambda: self.torch[threads].ask(row, form, 1, steps))
                result["torch"].setdefault((form, threads), []).append(answer["values"][0] / unit)
                result["losses"][form, threads] = answer["loss"]
            for form in forms:
                if form in slow_jax:
                    continue
                # JAX is slow at convolutions: a part of the work is timed and scaled up.
                few = {"lenet": 60, "conv": 8, "resnet": 3}.get(row, steps)
                answer = self.jax.ask(row, form, 1, few)
                if "error" in answer:
                    slow_jax.add(form)
                    self.say(f"  {row}: JAX {form}: {answer['error']}")
                    continue
                factor = 938 / 60 if row == "lenet" else 1 / (few or 1)
                result["jax"].setdefault(form, []).append(answer["values"][0] * factor)
                if few == steps:
                    result["losses"]["JAX " + form] = answer["loss"]
        if row == "resnet" and self.jax:
            result["losses"]["JAX jit"] = self.jax.ask(row, "jit", 1, steps).get("loss")
        if row == "conv":
            result["losses"] = {"ours": self.ours.ask("conv-dry", 1)["loss"]}
            for form, threads in chosen[:1]:
                result["losses"][form, threads] = self.torch[threads].ask("conv-dry", form, 1, steps)["loss"]
            if self.jax:
                result["losses"]["JAX jit"] = self.jax.ask("conv-dry", "jit", 1, steps).get("loss")
        samples = {"inference": 1}.get(row, batch if steps else 60_000)
        result["work"] = operations * samples
        return result

    def own(self, row):
        title, must, aim, more = OWN[row]
        result = {"row": row, "title": title, "must": must, "aim": aim, "more": more, "facts": {}}
        if row == "memory":
            result["value"] = peak_of(**self.job())
            result["values"] = [result["value"]]
            if self.torch:
                torch = [self.options.python, PEERS / "torch_worker.py", "1", self.folder, "job"]
                result["facts"]["PyTorch, one epoch"] = peak_of(torch)
        else:
            answers = [self.calmly(lambda: self.ours.ask(row, 1)) for _ in range(self.options.repeat)]
            result["values"] = [answer["values"][0] for answer in answers]
            result["value"] = median(result["values"])
            result["facts"] = {k: max(answer[k] for answer in answers) for k in ("gflops", "peak") if k in answers[0]}
            if row in ("matmul", "matmul2") and self.torch:
                threads = 1 if row == "matmul" else 2
                times = self.torch[threads].ask("matmul", "eager", self.options.repeat)["values"]
                result["facts"][f"PyTorch GFLOP/s"] = 2 * 1024**3 / min(times) * 1e-9
        return result

    def job(self):
        spec = "fashion-mnist" if "fashion" in str(self.source) else "mnist"
        store = self.folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        return {"command": [self.pipeline, "run", ROOT / f"pipelines/{spec}.yaml", "--store", store, "--mirror", self.source,
                            "--offline"], "cwd": self.folder}

    def run(self, rows):
        results = []
        for row in rows:
            self.say(f"{datetime.datetime.now(datetime.timezone.utc):%H:%M:%S} {row}")
            results.append(self.own(row) if row in OWN else self.compare(row))
            print(line(results[-1]), flush=True)
        for worker in [self.ours, *self.torch.values(), *([self.jax] if self.jax else [])]:
            worker.end()
        return results


def best(times):
    """The form with the least median among those that are judged by, and that median."""
    return min(((key, median(values)) for key, values in times.items() if key[0] not in BEYOND), key=lambda pair: pair[1],
               default=(None, None))


def spread(values, scale):
    return f"{min(values) * scale:.4g}–{max(values) * scale:.4g}"


def verdict(value, must, aim, more=False):
    reaches = (lambda bound: value >= bound) if more else (lambda bound: value <= bound)
    return "aim" if reaches(aim) else "must" if reaches(must) else "short"


def name_of(form):
    return f"{form[0].replace('+', ', ')} Adam, {form[1]} thread{'s' * (form[1] > 1)}" if "+" in form[0] else \
        f"{form[0]}, {form[1]} thread{'s' * (form[1] > 1)}"


def unit_of(row):
    return ("µs", 1e6) if row == "inference" else ("ms", 1e3) if RATIOS[row][3] else ("s", 1)


def line(result):
    """A row of the table."""
    if "values" in result:
        value, more = result["value"], result["more"]
        facts = ", ".join(f"{name} {fact:.4g}" for name, fact in result["facts"].items())
        digits = f"{value:.1f}" if result["row"] == "memory" else f"{value:.3f}"
        return (f"| {result['title']} | {digits} ({min(result['values']):.3g}–{max(result['values']):.3g}) | {facts} | – | "
                f"{'≥' if more else '≤'} {result['must']} | {result['aim']} | {verdict(value, result['must'], result['aim'], more)} |")
    unit, scale = unit_of(result["row"])
    ours = median(result["ours"])
    rate = f", {result['work'] / ours * 1e-9:.1f} GFLOP/s"
    cells = [f"{ours * scale:.4g} {unit} ({spread(result['ours'], scale)}){rate}"]
    form, torch = best(result["torch"])
    ratio, judged = "–", "–"
    if torch:
        cells.append(f"{torch * scale:.4g} {unit} ({spread(result['torch'][form], scale)}), "
                     f"{result['work'] / torch * 1e-9:.1f} GFLOP/s: {name_of(form)}")
        ratio, judged = f"**{ours / torch:.3f}**", verdict(ours / torch, result["must"], result["aim"])
    else:
        cells.append("–")
    return f"| {result['title']} | {cells[0]} | {cells[1]} | {ratio} | ≤ {result['must']} | {result['aim']} | {judged} |"


HEAD = """| Work | Ours | PyTorch, fastest form | Ours ÷ PyTorch | Must | Aim | Reached |
|---|---|---|---|---|---|---|"""


def appendix(result):
    """All other figures of a row: forms, JAX, losses."""
    if "values" in result:
        return []
    unit, scale = unit_of(result["row"])
    lines = [f"- **{result['title']}**"]
    forms = sorted(result["torch"].items(), key=lambda pair: median(pair[1]))
    for form, values in forms:
        ratios = sorted(ours / theirs for ours, theirs in zip(result["ours"], values))
        beyond = " (TorchScript, not judged by)" if form[0] in BEYOND else ""
        lines.append(f"  - PyTorch {name_of(form)}{beyond}: {median(values) * scale:.4g} {unit}; ours ÷ it, repetition by repetition: "
                     f"{median(ratios):.3f} ({ratios[0]:.3f}–{ratios[-1]:.3f})")
    steps = {None: 938 if result["row"] != "perceptron512" else 118}.get(RATIOS[result["row"]][3], 1)
    steps = 1 if result["row"] == "inference" else steps
    others = ", ".join(f"{name_of(form)} {time * steps * scale:.3g}" for form, time in sorted(result.get("others", {}).items(), key=lambda p: p[1]))
    if others:
        lines.append(f"  - in the qualification only ({unit}): {others}")
    lines += [f"  - failed: {text}" for text in result.get("failed", [])]
    for form, values in result["jax"].items():
        lines.append(f"  - JAX {form}: {median(values) * scale:.4g} {unit}, ours ÷ JAX {median(result['ours']) / median(values):.3f}")
    own = result["losses"].pop("ours", None)
    if own:
        others = {name if isinstance(name, str) else "PyTorch " + name_of(name): loss / own - 1
                  for name, loss in result["losses"].items() if loss}
        worst = max(map(abs, others.values()), default=0)
        state = "within 2 %" if worst <= 0.02 else "NOT within 2 %"
        listed = ", ".join(f"{name} {delta:+.2%}" for name, delta in others.items())
        lines.append(f"  - mean training loss{' without dropout' if result['row'] == 'conv' else ''} {own:.5f}; {listed}: {state}")
    return lines


def versions(python):
    code = "import torch, jax, numpy, sys; print(f'PyTorch {torch.__version__}, JAX {jax.__version__}, numpy {numpy.__version__}, Python {sys.version.split()[0]}')"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def machine():
    info = Path("/proc/cpuinfo").read_text()
    pick = lambda key: next((l.split(":")[1].strip() for l in info.splitlines() if l.startswith(key)), "?")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1e6
    widest = "AVX-512" if "avx512f" in info else "AVX2" if "avx2" in info else "no AVX2"
    return (f"{pick('model name')}, family {pick('cpu family')} model {pick('model')}{chr(32)}stepping {pick('stepping')}, {widest}, "
            f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", help=f"of {' '.join(ORDER)}; all without")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions of each row (medians of at least 5 for the record)")
    parser.add_argument("--finalists", type=int, default=3, help="forms of PyTorch that are measured in full")
    parser.add_argument("--free", type=float, default=0, metavar="GFLOPS", help="what a probe reached when the cores were free, if it was once seen")
    parser.add_argument("--ours", action="store_true", help="ours alone")
    parser.add_argument("--no-jax", action="store_true")
    parser.add_argument("--data", help="folder with MNIST's IDX files")
    parser.add_argument("--write", action="store_true", help="write the result file even with a choice of rows")
    parser.add_argument("--python", default=os.environ.get("PEERS_VENV", ".") + "/bin/python", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    rows = arguments.rows or ORDER
    if unknown := [row for row in rows if row not in ORDER]:
        raise SystemExit(f"bench: no row is named {unknown[0]}; there are {' '.join(ORDER)}")
    arguments.python = arguments.python if Path(arguments.python).exists() else sys.executable
    load = os.getloadavg()[0]
    began = datetime.datetime.now(datetime.timezone.utc)
    bench = Bench(arguments)
    print(HEAD, flush=True)
    results = bench.run(rows)
    notes = [text for result in results for text in appendix(result)]
    print(*notes, sep="\n")
    if arguments.ours or not (arguments.write or not arguments.rows):
        return
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True)
    page = [
        f"# Ours beside PyTorch and JAX, {began:%Y-%m-%d}", "",
        f"- {machine()}",
        f"- {versions(arguments.python)}; Swift {swift_version()}; commit {commit.stdout.strip()}",
        f"- `make bench-peers{' ARGS=' + chr(34) + ' '.join(sys.argv[1:]) + chr(34) if sys.argv[1:] else ''}`, begun {began:%H:%M} UTC; "
        f"load average before {load:.1f}; samples: {'Fashion-MNIST' if 'fashion' in str(bench.source) else 'MNIST'}, 60,000, and 1,280 made-up color images",
        f"- Medians of {arguments.repeat} alternating repetitions (least–greatest); less is better where a ratio is given. The fastest "
        "form of PyTorch counts, of eager, channels_last and torch.compile, with the plain, foreach and fused Adam, on 1 and 2 threads.",
        "- The same initial weights and the same order of samples for all; samples are tensors in memory; warm-up, compilation and "
        "the resetting of weights are not timed.",
        f"- {bench.measured} measurements, of ours and PyTorch alike, between two probes of both cores ({bench.free:.0f} GFLOP/s of products of 512³ when free); "
        f"{bench.repeated} were done again since a probe fell below {CALM:.0%} of that: a neighbour was at work. {bench.disturbed} stayed so "
        f"after {ATTEMPTS} tries, and count.", "", HEAD, *map(line, results), "", "## All figures", "", *notes, ""]
    price = ROOT / "Benchmarks/.build/release/DeterminismPrice"
    if price.exists():
        table = subprocess.run([price], capture_output=True, text=True, check=True).stdout.splitlines()
        page += ["## The price of determinism", "", "Our kernels beside the same work with free order (`Benchmarks/DeterminismPrice`), "
                 "least of many alternating runs:", "", *table, ""]
    path = ROOT / f"Benchmarks/results/{began:%Y-%m-%d}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(page))
    print(f"written to {path.relative_to(ROOT)}", file=sys.stderr)


def swift_version():
    text = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    words = text.split("Swift version ")
    return words[1].split()[0] if len(words) > 1 else "?"


if __name__ == "__main__":
    main()
