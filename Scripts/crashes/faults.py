"""Kills and refused calls: each call that changes something goes wrong once."""
import errno
import os
import re
import shutil
import subprocess

# Which calls are refused with which error. An interrupted call, and a write that takes half, must do no
# harm at all; anything else ends with 74 and a message, or with 0 where the call may fail.
REFUSALS = [
    ("ENOSPC", "spaces"), ("EIO", "changes"), ("EIO", "closes"), ("EIO", "reads"), ("EMFILE", "opens"),
    ("EINTR", "waits"), ("short", "writes"),
]


class Faults:
    def __init__(self, campaign):
        self.campaign, self.workshop = campaign, campaign.workshop

    def counted(self, among):
        """The calls of an undisturbed run, in their order."""
        log = os.path.join(self.workshop.folder, "calls.log")
        if os.path.exists(log):
            os.unlink(log)
        status, _, errors = self.workshop.call(
            self.workshop.run_command("counted"), {"AMONG": among, "LOG": log})
        shutil.rmtree(self.workshop.path("counted"), ignore_errors=True)
        if status != 0 or not os.path.exists(log):
            raise SystemExit(f"counting the calls of a run ended with {status}: {errors}")
        with open(log) as file:
            return [tuple(line.split()[1:3]) for line in file]

    def chosen(self, calls):
        """The numbers of the calls to try: all, or as many as were asked for. The 256 folders for objects
        are alike: one in 32 stands for them where a store is made."""
        limit, only = self.campaign.options.per_call, self.campaign.options.only
        numbers = [k for k, (name, path) in enumerate(calls, 1)
                   if re.search(only, path)
                   and (name != "mkdir" or not re.search("objects/sha256/..$", path) or k % 32 == 0)]
        return [numbers[k - 1] for k in self.campaign.chosen(len(numbers), limit)]

    def injected(self, store, among, kind, call):
        """Runs with one fault; status, messages, and whether it fired."""
        log = os.path.join(self.workshop.folder, "calls.log")
        if os.path.exists(log):
            os.unlink(log)
        status, _, errors = self.workshop.call(
            self.workshop.run_command(store),
            {"AMONG": among, "KIND": kind, "CALL": call, "LOG": log})
        with open(log) as file:
            fired = [line for line in file if line.endswith(" !\n")]
        return status, errors, " ".join(fired[0].split()[1:3]) if fired else None

    def sweep(self):
        """SIGKILL before and after each call that changes something."""
        calls = self.counted("changes")
        names = [name for name, _ in calls]
        kinds = {name: names.count(name) for name in sorted(set(names))}
        print(f"sweep: {len(calls)} calls: {kinds}", flush=True)
        # After one call is before the next, but for what is read between them.
        for kind, step in (("kill", 1), ("kill-after", 8)):
            for k in self.chosen(calls)[::step]:
                if self.campaign.is_late():
                    return
                _, _, fired = self.injected("swept", "changes", kind, k)
                if fired is None:
                    self.campaign.finding(f"{kind} {k}", "the call was not made again")
                    continue
                self.campaign.count("kills_at_a_call")
                self.campaign.recovers("swept", f"{kind} at change {k}, {fired}")
                if k % 100 == 0:
                    self.campaign.say(f"{kind} {k}")
            self.campaign.say(f"sweep {kind}")

    def errors(self):
        for kind, among in REFUSALS:
            calls = self.counted(among)
            for k in self.chosen(calls):
                if self.campaign.is_late():
                    return
                self.refuse(kind, among, k)
            self.campaign.say(f"{kind} among {len(calls)} {among}")

    def refuse(self, kind, among, k):
        value = kind if kind == "short" else getattr(errno, kind)
        status, errors, fired = self.injected("failing", among, value, k)
        if fired is None:
            self.campaign.count("not_reached")
            shutil.rmtree(self.workshop.path("failing"), ignore_errors=True)
            return
        where = f"{kind} at {fired} ({k} of {among})"
        self.campaign.count("injected_errors")
        self.campaign.count(f"exit_{status}")
        # A source that cannot be opened or read is one that cannot be had.
        allowed = (0, 69, 74) if "/mirror/" in fired else (0, 74)
        if status not in allowed or (status != 0 and kind in ("short", "EINTR")):
            self.campaign.finding(where, f"exit {status}: {errors}")
        elif status != 0 and not errors.strip():
            self.campaign.finding(where, f"exit {status} without a message")
        self.campaign.recovers("failing", where)

    # Kills by time

    def killed_after(self, store, seconds):
        process = subprocess.Popen(
            self.workshop.run_command(store), cwd=self.workshop.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=self.workshop.environment())
        try:
            process.wait(timeout=seconds)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True

    def kills(self):
        """SIGKILL at uniform times, until so many have hit a process at work."""
        hits = attempts = 0
        while hits < self.campaign.options.kills_count and attempts < 4 * self.campaign.options.kills_count:
            if self.campaign.is_late():
                return
            attempts += 1
            after = self.campaign.random.uniform(0, self.campaign.seconds)
            if self.killed_after("killed", after):
                hits += 1
                self.campaign.count("random_kills")
            else:
                self.campaign.count("too_late_kills")
            self.campaign.recovers("killed", f"random kill {hits} after {after * 1000:.1f} ms")
        self.campaign.say("kills")

    def chain(self):
        """Kills one training many times: each process ends at its first checkpoint."""
        killed = 0
        while killed < self.campaign.options.chain_count:
            process = subprocess.Popen(
                self.workshop.run_command("chained"), cwd=self.workshop.folder,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=self.workshop.environment())
            for line in process.stdout:
                if b'"event":"checkpoint"' in line:
                    process.kill()
                    killed += 1
                    break
            process.wait()
            process.stdout.close()
            if process.returncode == 0:
                break
        self.campaign.count("chain_kills", killed)
        self.campaign.recovers("chained", f"{killed} kills in one training")
        self.campaign.say("chain")
