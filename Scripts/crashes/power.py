"""A power cut: the image of a mounted ext4 is copied after every fsync of a whole pipeline."""
import os
import shutil
import subprocess


def obstacle(folder):
    """Why it cannot be tried here, or None."""
    if os.geteuid() != 0:
        return "only root may mount an image"
    try:
        with Image(os.path.join(folder, "probe.img"), create=True):
            return None
    except (OSError, subprocess.CalledProcessError) as error:
        return f"this machine does not mount an ext4 image ({error})"


class Image:
    """A file with an ext4 in it, mounted while the context lasts."""

    def __init__(self, file, create=False, options="loop"):
        self.file, self.options = file, options
        self.folder = file + ".mounted"
        if create:
            call("truncate", "-s", "48M", file)
            call("mkfs.ext4", "-q", "-F", "-N", "4096", file)

    def __enter__(self):
        os.makedirs(self.folder, exist_ok=True)
        call("mount", "-o", self.options, self.file, self.folder)
        return self

    def __exit__(self, *_):
        call("umount", self.folder)
        os.rmdir(self.folder)


def call(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class PowerCuts:
    def __init__(self, campaign):
        self.campaign, self.workshop = campaign, campaign.workshop

    def cut(self):
        reason = obstacle(self.workshop.folder)
        if reason:
            print(f"power: SKIPPED, {reason}", flush=True)
            self.campaign.count("power_skipped")
            return
        for options in self.campaign.options.mount or ["loop"]:
            self.cut_everywhere(options)

    def cut_everywhere(self, options):
        image = os.path.join(self.workshop.folder, "disk.img")
        copies = os.path.join(self.workshop.folder, "copies")
        os.makedirs(copies)
        with Image(image, create=True, options=options) as disk:
            status, _, errors = self.workshop.call(
                self.workshop.run_command(os.path.join(disk.folder, "store"), "--tag", "best"),
                {"IMAGE": image, "COPIES": copies})
            if status != 0:
                self.campaign.finding("power", f"the run on the image ended with {status}: {errors}")
        os.unlink(image)
        number = len(os.listdir(copies))
        print(f"power: {number} fsyncs, mounted with {options}", flush=True)
        for k in self.campaign.chosen(number, self.campaign.options.cuts):
            if self.campaign.is_late():
                break
            with Image(os.path.join(copies, f"{k}.img"), options=options) as disk:
                self.campaign.count("power_cuts")
                self.campaign.recovers(
                    os.path.join(disk.folder, "store"), f"power cut after fsync {k} ({options})")
        shutil.rmtree(copies)
        self.campaign.say("power")
