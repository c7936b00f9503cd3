"""Colours as eyes see them, and pictures as their pixels."""

import struct
import zlib


def linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour):
    r, g, b = (linear(value) for value in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light.
EYES = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def see(colour, matrix):
    light = [linear(value) for value in colour]
    return [min(max(sum(m * v for m, v in zip(row, light)), 0), 1) for row in matrix]


def lab(light):
    r, g, b = light
    xyz = (0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0.0193 * r + 0.1192 * g + 0.9505 * b)
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (xyz[0] / 0.95047, xyz[1], xyz[2] / 1.08883)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def decode_png(data):
    """The grey values of a PNG, by the zlib of Python: an oracle for our own encoder."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels, width = 8, b"", 0
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        (check,) = struct.unpack(">I", data[place + 8 + length:place + 12 + length])
        assert check == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width = struct.unpack(">II", body[:8])[0]
        if kind == b"IDAT":
            pixels += body
        place += 12 + length
    rows = zlib.decompress(pixels)
    return [value for i, value in enumerate(rows) if i % (width + 1)]
