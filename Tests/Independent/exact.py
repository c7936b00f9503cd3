"""Operations of one rounding that NumPy does not have."""
import numpy as np


def rounded_to_odd(a, b):
    """a + b of float64, rounded to odd: a second rounding, to float32, then does no harm (Boldo and Melquiond)."""
    total, error = (np.atleast_1d(x) for x in two_sum(a, b))
    bits = total.view(np.int64)
    inexact = (error != 0) & (bits & 1 == 0)
    away = (error > 0) == (total > 0)
    return np.where(inexact, np.where(away, bits + 1, bits - 1), bits).view(np.float64)


def fma(a, b, c):
    """a·b + c of float32, rounded once: the product of two float32 is exact in float64."""
    product = np.multiply(a, b, dtype=np.float64)
    c = np.asarray(c, np.float64)
    total, error = two_sum(product, c)
    if not error.any():  # Only where the sum was rounded can it be rounded twice.
        return total.astype(np.float32)
    return rounded_to_odd(product, c).astype(np.float32).reshape(np.shape(total))


def two_sum(a, b):
    """The rounded sum and its exact error (Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def two_product(a, b):
    """The rounded product and its exact error (Dekker, Veltkamp)."""
    def halves(x):
        scaled = x * 134217729.0
        high = scaled - (scaled - x)
        return high, x - high
    product, (a1, a2), (b1, b2) = a * b, halves(a), halves(b)
    return product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2


def fma64(a, b, c):
    """a·b + c of float64, rounded once (Boldo and Melquiond)."""
    a, b, c = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in (a, b, c)))
    product, product_error = two_product(a, b)
    low, low_error = two_sum(c, product_error)
    high, high_error = two_sum(product, low)
    return high + rounded_to_odd(low_error, high_error).reshape(high.shape)


def chain(a, b, start):
    """acc ← fma(a[k], b[k], acc) for k ascending; the first axis of a and b is k."""
    for x, y in zip(a, b):
        start = fma(x, y, start)
    return start


def chain_sum(x, start=np.float32(0)):
    """acc ← acc + x[k] for k ascending."""
    for value in x:
        start = (start + value).astype(np.float32)
    return start


def float32(value):
    """A number of Double, rounded once."""
    return np.float32(value)
