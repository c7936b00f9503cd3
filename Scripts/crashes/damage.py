"""Damage to what is stored: found by fsck, and never served by a run."""
import json
import os
import shutil

# Places that hold nothing but what may be lost at any time.
VOLATILE = ("cache", "tmp", "locks", "leases", "trash", "quarantine")


class Damage:
    def __init__(self, campaign):
        self.campaign, self.workshop, self.options = campaign, campaign.workshop, campaign.options
        self.random = campaign.random
        self.furnish()

    def furnish(self):
        """A store with one of everything: results, runs that worked and that only hit, a tag,
        attestations, and the checkpoints of a training that was killed."""
        workshop = self.workshop
        shutil.copytree(workshop.path("undisturbed"), workshop.path("furnished"), symlinks=True)
        workshop.run("furnished")
        workshop.call(workshop.command("verify", store="furnished"))
        log = os.path.join(workshop.folder, "furnish.log")
        workshop.call(
            workshop.run_command("furnished", "--set", "train.batch_size=8"),
            {"AMONG": "changes", "LOG": log})
        with open(log) as file:
            # To be killed when a part of a later checkpoint gets its name.
            changes = [line for line in file if " linkat " in line and "/checkpoints/" in line]
        shutil.rmtree(workshop.path("furnished"))
        shutil.copytree(workshop.path("undisturbed"), workshop.path("furnished"), symlinks=True)
        workshop.run("furnished")
        workshop.call(workshop.command("verify", store="furnished"))
        workshop.call(
            workshop.run_command("furnished", "--set", "train.batch_size=8"),
            {"AMONG": "changes", "KIND": "kill", "CALL": changes[len(changes) // 2].split()[0]})
        status, findings, errors = workshop.fsck("furnished", "--repair")
        if status != 0 or findings:
            self.campaign.finding("furnishing", f"fsck ends with {status}: {findings} {errors}")
        kinds = {}
        for path, _ in self.files("furnished"):
            kinds[path.split(os.sep)[0]] = kinds.get(path.split(os.sep)[0], 0) + 1
        print(f"damage: a store with {kinds}", flush=True)
        for place in ("objects", "keys", "results", "attest", "checkpoints", "runs", "refs"):
            if place not in kinds:
                self.campaign.finding("furnishing", f"the store has no {place}")

    def files(self, store):
        """The files of a store that hold what must not be lost, with their sizes."""
        root = self.workshop.path(store)
        found = []
        for folder, folders, names in os.walk(root):
            folders.sort()
            place = os.path.relpath(folder, root)
            if place.split(os.sep)[0] in VOLATILE:
                continue
            for name in sorted(names):
                if name == "events.ndjson" and "run.json" not in names:
                    # Nobody vouches for the events of a run that was killed.
                    continue
                relative = os.path.normpath(os.path.join(place, name))
                found.append((relative, os.path.getsize(os.path.join(root, relative))))
        return found

    # Doing and undoing

    def copy(self):
        shutil.rmtree(self.workshop.path("damaged"), ignore_errors=True)
        shutil.copytree(self.workshop.path("furnished"), self.workshop.path("damaged"), symlinks=True)

    def restore(self, paths):
        """Undoes damage, where nothing but these files was changed."""
        for path in paths:
            target = os.path.join(self.workshop.path("damaged"), path)
            if os.path.lexists(target):
                os.unlink(target)
            shutil.copy2(os.path.join(self.workshop.path("furnished"), path), target)

    def rewrite(self, path, change):
        full = os.path.join(self.workshop.path("damaged"), path)
        with open(full, "rb") as file:
            old = file.read()
        os.unlink(full)
        with open(full, "wb") as file:
            file.write(change(old))
        os.chmod(full, 0o444)

    def flip(self, place):
        bit = 1 << self.random.randrange(8)
        return lambda old: old[:place] + bytes([old[place] ^ bit]) + old[place + 1:]

    # Judging

    def is_named(self, path, text):
        """Whether fsck names a file; damage to a part of a checkpoint is told of its record."""
        if path in text:
            return True
        # That an output is gone is told of its result, by its digest.
        if path.startswith("objects"):
            return os.path.basename(path) in text
        return path.startswith("checkpoints") and os.path.dirname(path) in text

    def expect_found(self, damaged, what):
        status, findings, errors = self.workshop.fsck("damaged")
        text = json.dumps(findings)
        missed = [path for path in damaged if not self.is_named(path, text)]
        self.campaign.count("damages", len(damaged))
        if missed:
            self.campaign.count("missed_damages", len(missed))
            self.campaign.finding(what, f"fsck (exit {status}) does not name {missed} {errors}")
        elif status != 65:
            self.campaign.finding(what, f"fsck ends with {status}, not 65")

    def not_served(self, what):
        """A run over the damaged store gives the right digests, or says why it cannot."""
        status, digests, _, errors = self.workshop.run("damaged", "--paranoid")
        self.campaign.count("runs_over_damage")
        if status != 0:
            self.campaign.finding(what, f"the run over the damaged store ends with {status}: {errors}")
        elif digests != self.campaign.expected:
            self.campaign.count("wrong_digests")
            self.campaign.finding(what, "the run over the damaged store gives other digests")
        self.mends(what)

    def mends(self, what):
        """After a repair and a run nothing is found any more, and nothing is lost."""
        status, findings, errors = self.workshop.fsck("damaged", "--repair")
        if status != 0:
            self.campaign.finding(what, f"fsck --repair ends with {status}: {errors}")
        status, digests, _, errors = self.workshop.run("damaged")
        if status != 0 or digests != self.campaign.expected:
            self.campaign.finding(what, f"the run after a repair ends with {status}: {errors}")
        status, findings, errors = self.workshop.fsck("damaged")
        if status != 0:
            self.campaign.finding(what, f"fsck after repair and run: {findings} {errors}")

    # The parts

    def damage(self):
        # What a run's record vouches for can be checked only while that record is whole.
        files = [file for file in self.files("furnished") if file[0] != "FORMAT"]
        records = [file for file in files if file[0].endswith("run.json")]
        others = [file for file in files if not file[0].endswith("run.json")]
        self.damage_format()
        self.copy()
        for group in (others, records):
            self.flip_small([file for file in group if 0 < file[1] < 4096])
        for group in (others, records):
            self.flip_large([file for file in group if file[1] >= 4096])
        self.reshape(others, records)
        self.swap([path for path, size in files if size > 0])
        self.delete([path for path, _ in files])

    def damage_format(self):
        """Each byte of FORMAT: every command refuses the store, and says so."""
        self.copy()
        with open(os.path.join(self.workshop.path("damaged"), "FORMAT"), "rb") as file:
            size = len(file.read())
        for place in range(size):
            self.rewrite("FORMAT", self.flip(place))
            for command in ("fsck", "runs"):
                status, output, errors = self.workshop.call(
                    self.workshop.command(command, store="damaged"))
                if status != 65 or "damaged" not in errors and "FORMAT" not in errors and (
                        "format" not in errors):
                    self.campaign.finding(f"byte {place} of FORMAT", f"{command}: {status} {errors}")
            self.campaign.count("flips_small")
            self.restore(["FORMAT"])

    def flip_small(self, small):
        """Every byte of every small file, one of each file at a time."""
        limit = self.options.flip_bytes
        for place in self.places(max((size for _, size in small), default=0), limit):
            if self.campaign.is_late():
                return
            hit = [path for path, size in small if place < size]
            for path in hit:
                self.rewrite(path, self.flip(place))
            self.campaign.count("flips_small", len(hit))
            self.expect_found(hit, f"byte {place} of small files")
            if place % self.options.run_every == 0:
                self.not_served(f"byte {place} of small files")
                self.copy()
            else:
                self.restore(hit)
            if place % 500 == 499:
                self.campaign.say(f"flips of byte {place}")
        self.campaign.say(f"flips in {len(small)} small files")

    def flip_large(self, large):
        self.copy()
        flips = 0
        # A few flips of the records of runs, most of all else.
        limit = self.options.large_flips if len(large) > 3 else 40
        while large and flips < limit:
            if self.campaign.is_late():
                return
            for path, size in large:
                ends = [0, size - 1, size // 2]
                turn = flips // len(large)
                self.rewrite(path, self.flip(ends[turn] if turn < 3 else self.random.randrange(size)))
            flips += len(large)
            self.campaign.count("flips_large", len(large))
            paths = [path for path, _ in large]
            self.expect_found(paths, f"large flip {flips}")
            if flips // len(large) % self.options.run_every == 0:
                self.not_served(f"large flip {flips}")
                self.copy()
            else:
                self.restore(paths)
        self.campaign.say(f"flips in {len(large)} large files")

    def reshape(self, *groups):
        changes = {
            "emptied": lambda old: b"",
            "cut to one byte": lambda old: old[:1],
            "cut by one byte": lambda old: old[:-1],
            "cut in half": lambda old: old[:len(old) // 2],
            "one byte longer": lambda old: old + b"\n",
            "tail doubled": lambda old: old + old[-512:],
            "tail zeroed": lambda old: old[:-min(4096, len(old))] + bytes(min(4096, len(old))),
        }
        for group in groups:
            targets = [path for path, size in group if size > 1]
            for name, change in changes.items():
                self.copy()
                for path in targets:
                    self.rewrite(path, change)
                self.campaign.count("reshaped", len(targets))
                self.expect_found(targets, name)
                self.not_served(name)
        self.campaign.say("reshaped")

    def swap(self, paths):
        """Each two neighbours of one kind change places."""
        kind = lambda path: (path.split(os.sep)[0], os.path.basename(path).partition(".")[2])
        self.copy()
        pairs = [(one, other) for one, other in zip(paths, paths[1:]) if kind(one)[0] == kind(other)[0]]
        for index, (one, other) in enumerate(pairs[:self.options.deletions]):
            if self.campaign.is_late():
                return
            first, second = (os.path.join(self.workshop.path("damaged"), p) for p in (one, other))
            with open(first, "rb") as a, open(second, "rb") as b:
                if a.read() == b.read():
                    continue
            os.rename(first, first + "~")
            os.rename(second, first)
            os.rename(first + "~", second)
            self.campaign.count("swapped", 2)
            # Where a run's own files changed places, its record is what is told.
            record = [path for path in (one, other) if path.endswith("run.json")]
            self.expect_found(record or [one, other], f"{one} and {other} exchanged")
            if index % 8 == 0:
                self.not_served(f"{one} and {other} exchanged")
                self.copy()
            else:
                self.restore([one, other])
        self.campaign.say("swapped")

    def delete(self, paths):
        """Each file by itself."""
        self.copy()
        for index, path in enumerate(paths[:self.options.deletions]):
            if self.campaign.is_late():
                return
            os.unlink(os.path.join(self.workshop.path("damaged"), path))
            self.campaign.count("deleted")
            self.expect_found([path], f"{path} deleted")
            if index % 4 == 0:
                self.not_served(f"{path} deleted")
                self.copy()
            else:
                self.restore([path])
        os.unlink(os.path.join(self.workshop.path("damaged"), "FORMAT"))
        status, _, errors = self.workshop.call(self.workshop.command("fsck", store="damaged"))
        if status != 65:
            self.campaign.finding("FORMAT deleted", f"fsck ends with {status}: {errors}")
        self.campaign.say("deleted")

    @staticmethod
    def places(number, limit):
        if limit is None or number <= limit:
            return range(number)
        return sorted({round(i * (number - 1) / (limit - 1)) for i in range(limit)})
