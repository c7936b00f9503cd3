"""The fused operations of exact.py against exact rational numbers, with sums near the border of two floats among them."""
from fractions import Fraction
import numpy as np
import exact


def nearest(value):
    """The float32 nearest to a rational number, ties to even."""
    guess = np.float32(float(value))
    around = [np.nextafter(guess, np.float32(-np.inf)), guess, np.nextafter(guess, np.float32(np.inf))]
    return min(around, key=lambda f: (abs(Fraction(float(f)) - value), int(f.view(np.uint32)) & 1))


def check():
    check_float32()
    check_float64()


def check_float64():
    g = np.random.default_rng(2)
    a, b, c = (g.standard_normal(3000) for _ in range(3))
    c *= 2.0 ** g.integers(-80, 60, 3000)
    c[:1000] = -(a[:1000] * b[:1000])
    for x, y, z, result in zip(a, b, c, exact.fma64(a, b, c)):
        want = Fraction(x) * Fraction(y) + Fraction(z)
        assert float(want) == result, (x, y, z, result)  # Python rounds a fraction once.


def check_float32():
    g = np.random.default_rng(1)
    n = 3000
    a, b = (g.standard_normal(n).astype(np.float32) for _ in range(2))
    c = g.standard_normal(n).astype(np.float32) * np.float32(2.0) ** g.integers(-40, 40, n).astype(np.float32)
    # Ties of a sum, moved by a product that float64 cannot see beside it.
    a[:500], b[:500] = np.float32(2.0 ** -30), g.choice(np.float32([1, -1, 1.5]), 500) * np.float32(2.0 ** -32)
    c[500:1000] = -(a[500:1000] * b[500:1000])
    got = exact.fma(a, b, c)
    for x, y, z, result in zip(a, b, c, got):
        want = nearest(Fraction(float(x)) * Fraction(float(y)) + Fraction(float(z)))
        assert want == result, (x, y, z, result, want)
    # 2²⁴ + 1 + 2⁻³⁶: rounded to float64 first, it is a tie, and goes the wrong way.
    hard = exact.fma(np.float32(1 + 2 ** -12), np.float32(1 - 2 ** -12 + 2 ** -24), np.float32(2 ** 24))
    assert hard == 2 ** 24 + 2, hard
