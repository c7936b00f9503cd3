"""Makes the files of Foreign/ with h5py: what others write, and what nobody should.

Run as: python make_foreign.py Foreign   (h5py 3.16, HDF5 2.0 made the files that are committed)
"""

import os
import sys

import h5py
import numpy as np

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
numbers = np.arange(24, dtype=np.float32).reshape(6, 4)


def file(name, **options):
    return h5py.File(os.path.join(folder, name + ".h5"), "w", **options)


def raw(parent, name, shape, kind=h5py.h5t.IEEE_F32LE, chunk=None, change=None, maximum=None):
    """A dataset made with the low-level interface, not written."""
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if chunk:
        plist.set_chunk(chunk)
    if change:
        change(plist)
    space = h5py.h5s.create_simple(shape, maximum or shape)
    return h5py.h5d.create(parent.id, name.encode(), kind, space, plist)


# Well-formed

for version in ["earliest", "v108", "v110"]:
    with file("good-" + version, libver=version) as f:
        f["plain"] = numbers
        f.create_dataset("packed", data=numbers, chunks=(2, 4), compression=9, shuffle=True, fletcher32=True)
        f.create_dataset("big", data=numbers.astype(">f4"))
        f.create_dataset("doubles", data=numbers.astype("f8"))
        f.create_dataset("bytes", data=numbers.astype("u1"))
        f.create_dataset("longs", data=-numbers.astype("i8"))
        f.create_dataset("shorts", data=-numbers.astype(">i2"))
        f.create_dataset("unsigned", data=numbers.astype("u8"))
        f.create_dataset("halves", data=numbers.astype("f2"))
        f.create_dataset("scalar", data=np.float32(7))
        f.create_dataset("names", data=np.array([b"one", b"three"]))
        f.create_dataset("flags", data=np.array([True, False]))
        f.create_dataset("empty", shape=(0, 4), dtype="f4", maxshape=(None, 4), chunks=(2, 4))
        f.create_dataset("none", data=h5py.Empty("f4"))
        f.create_group("group/inner")["x"] = numbers
        f["again"] = f["plain"]
        f["group/inner/loop"] = f["group"]
        f.attrs["text"] = "grüße"
        f.attrs["texts"] = ["one", "", "three"]
        f.attrs["fixed"] = np.array([b"one", b"three"])
        f.attrs["integer"] = 42
        f.attrs["integers"] = np.array([1, -2, 3], dtype="i2")
        f.attrs["float"] = np.float32(0.1)
        f.attrs["doubles"] = np.array([0.1, -0.0, np.inf])
        f.attrs["huge"] = np.uint64(2**64 - 1)
        f.attrs["matrix"] = np.eye(2)
        f.attrs["nothing"] = h5py.Empty("f4")
        f.attrs["complex"] = np.complex64(1j)

# Links

with file("soft-link") as f:
    f["x"] = numbers
    f["y"] = h5py.SoftLink("/x")
with file("soft-link-dangling") as f:
    f["y"] = h5py.SoftLink("/nowhere")
with file("soft-link-inside") as f:
    f.create_group("a/b")["c"] = h5py.SoftLink("/a")
with file("soft-link-latest", libver="latest") as f:
    f["y"] = h5py.SoftLink("/")
with file("external-link") as f:
    f["y"] = h5py.ExternalLink("/etc/passwd", "/")
with file("external-link-inside") as f:
    f.create_group("a")["y"] = h5py.ExternalLink("soft-link.h5", "/x")
with file("external-link-latest", libver="latest") as f:
    f["y"] = h5py.ExternalLink("soft-link.h5", "/x")

# Data in other files

with file("external-storage") as f:
    f.create_dataset("x", shape=(16,), dtype="u1", external="/etc/passwd")
with file("external-storage-relative") as f:
    f.create_dataset("x", shape=(16,), dtype="u1", external="soft-link.h5")
with file("external-storage-two") as f:
    f.create_dataset("x", shape=(16,), dtype="u1", external=[("a", 0, 8), ("/etc/passwd", 0, 8)])
with file("external-storage-inside") as f:
    f.create_group("a/b").create_dataset("x", shape=(16,), dtype="u1", external="/etc/hostname")
layout = h5py.VirtualLayout(shape=(6, 4), dtype="f4")
layout[:] = h5py.VirtualSource("soft-link.h5", "x", shape=(6, 4))
with file("virtual", libver=("v110", "v110")) as f:
    f.create_virtual_dataset("v", layout)
layout = h5py.VirtualLayout(shape=(6, 4), dtype="f4")
layout[:] = h5py.VirtualSource(".", "x", shape=(6, 4))
with file("virtual-same-file", libver=("v110", "v110")) as f:
    f["x"] = numbers
    f.create_virtual_dataset("v", layout)
layout = h5py.VirtualLayout(shape=(6, 4), dtype="f4")
layout[:] = h5py.VirtualSource("/etc/passwd", "x", shape=(6, 4))
with file("virtual-absolute", libver=("v110", "v110")) as f:
    f.create_virtual_dataset("v", layout)

# Filters

with file("filter-lzf") as f:
    f.create_dataset("x", data=numbers, compression="lzf")
with file("filter-scale-offset") as f:
    f.create_dataset("x", data=numbers.astype("i4"), scaleoffset=0)
with file("filter-nbit") as f:
    raw(f, "x", (4, 4), h5py.h5t.STD_U8LE, (4, 4), lambda p: p.set_filter(h5py.h5z.FILTER_NBIT, 0))
with file("filter-unknown") as f:
    raw(f, "x", (4, 4), chunk=(4, 4), change=lambda p: p.set_filter(40000, h5py.h5z.FLAG_OPTIONAL, (1, 2)))
with file("filter-unknown-behind-deflate") as f:
    def two(p):
        p.set_deflate(1)
        p.set_filter(32015, h5py.h5z.FLAG_OPTIONAL)
    raw(f, "x", (4, 4), chunk=(4, 4), change=two)

# Sizes

with file("dimension-2-62") as f:
    raw(f, "x", (2**62,), chunk=(16,))
with file("dimensions-overflow") as f:
    raw(f, "x", (2**33, 2**33), h5py.h5t.STD_U8LE, (16, 16))
with file("dimensions-overflow-to-zero") as f:
    raw(f, "x", (2**32, 2**32), h5py.h5t.STD_U8LE, (16, 16))
with file("declares-5-gib") as f:
    raw(f, "x", (5 << 30,), h5py.h5t.STD_U8LE, (1 << 20,))
with file("declares-1-tib") as f:
    raw(f, "x", (1 << 38,), chunk=(1024,))
with file("declares-1-gib-stores-nothing") as f:
    raw(f, "x", (1 << 28,), chunk=(1024,))
with file("declares-1-gib-stores-4-kib") as f:
    f.create_dataset("x", shape=(1 << 28,), dtype="f4", chunks=(1024,))[:1] = 1
with file("bomb") as f:
    f.create_dataset("x", data=np.zeros(1 << 25, "u1"), chunks=(1 << 25,), compression=9)
with file("huge-chunk") as f:
    raw(f, "x", (4, 4), h5py.h5t.STD_U8LE, (1 << 14, 1 << 13), maximum=(h5py.h5s.UNLIMITED,) * 2)
with file("rank-9") as f:
    f["x"] = np.zeros((1,) * 9)
with file("rank-32") as f:
    f["x"] = np.zeros((1,) * 32)
with file("deep") as f:
    f.create_group("/".join("abcdefghijklmnopq"))
with file("many-attributes", libver="latest") as f:
    g = f.create_group("g")
    for i in range(257):
        g.attrs[f"a{i}"] = i
with file("many-attributes-root", libver="latest") as f:
    for i in range(257):
        f.attrs[f"a{i}"] = i

# Kinds

with file("named-type") as f:
    f["t"] = np.dtype("f4")
with file("text-of-any-length") as f:
    f["x"] = "text"
with file("lists") as f:
    f.create_dataset("x", shape=(2,), dtype=h5py.vlen_dtype("i4"))
with file("compound") as f:
    f["x"] = np.zeros(3, dtype=[("a", "i4"), ("b", "f4")])
with file("reference") as f:
    f.create_group("g")
    f.create_dataset("x", data=np.array([f["g"].ref], dtype=h5py.ref_dtype))
with file("region-reference") as f:
    f["y"] = numbers
    f.create_dataset("x", data=np.array([f["y"].regionref[:2]], dtype=h5py.regionref_dtype))
with file("opaque") as f:
    f["x"] = np.zeros(3, dtype="V7")
with file("array-elements") as f:
    f.create_dataset("x", shape=(3,), dtype=np.dtype(("f4", (2, 2))))

print(len(os.listdir(folder)), "files,", sum(e.stat().st_size for e in os.scandir(folder)), "bytes")
