"""Counts faults and findings, and holds the oracle."""
import os
import random
import shutil
import sys
import time


class Campaign:
    def __init__(self, workshop, options):
        self.workshop, self.options = workshop, options
        self.counts = {"faults": 0, "wrong_digests": 0, "findings": 0}
        self.random = random.Random(options.seed)
        self.start = time.monotonic()
        begin = time.monotonic()
        status, self.expected, _, errors = workshop.run("undisturbed", "--tag", "best")
        if status != 0 or not self.expected:
            sys.exit(f"the undisturbed run ended with {status}: {errors}")
        self.seconds = time.monotonic() - begin
        print(f"undisturbed: {len(self.expected)} outputs in {self.seconds:.2f} s", flush=True)

    def finding(self, where, what):
        self.counts["findings"] += 1
        print(f"FINDING {where}: {what}"[:1500], flush=True)

    def count(self, name, number=1):
        self.counts[name] = self.counts.get(name, 0) + number

    def recovers(self, store, where, keep=False):
        """The oracle: fsck finds nothing, the next run ends well with the digests of the undisturbed
        run, fsck finds nothing after it, and mends what was left lying about. Removes the store."""
        self.count("faults")
        workshop = self.workshop
        path = workshop.path(store)
        # Before its first file a store is an empty folder, or none: there is nothing to check.
        if os.path.exists(os.path.join(path, "FORMAT")):
            status, findings, errors = workshop.fsck(store)
            if status != 0:
                self.finding(where, f"fsck ends with {status}: {findings} {errors}")
        status, digests, _, errors = workshop.run(store)
        if status != 0:
            self.finding(where, f"the next run ends with {status}: {errors}")
        elif digests != self.expected:
            self.count("wrong_digests")
            wrong = [name for name in self.expected if digests.get(name) != self.expected[name]]
            self.finding(where, f"the next run gives other digests of {wrong}")
        status, findings, errors = workshop.fsck(store, "--repair")
        if status != 0 or findings:
            self.finding(where, f"fsck after recovery ends with {status}: {findings} {errors}")
        litter = [name for place in ("tmp", "leases", "locks/steps", "checkpoints", "quarantine")
                  for name in os.listdir(os.path.join(path, place))]
        if litter:
            self.finding(where, f"left after recovery and repair: {litter}")
        if not keep:
            shutil.rmtree(path, ignore_errors=True)

    def is_late(self):
        limit = self.options.minutes
        return limit is not None and time.monotonic() - self.start > limit * 60

    def chosen(self, number, limit):
        """1 ... number, or as many of them as were asked for, spread evenly with both ends."""
        if limit is None or number <= limit:
            return list(range(1, number + 1))
        if limit == 1:
            return [(number + 1) // 2]
        return sorted({1 + round(i * (number - 1) / (limit - 1)) for i in range(limit)})

    def say(self, what):
        print(f"{what} · {self.counts}", flush=True)
