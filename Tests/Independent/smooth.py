"""gelu, silu, elu and softplus and their derivatives in float64, from the tables of Documentation/ElementaryFunctions.md."""
import numpy as np
from exact import fma64
from polynomials import EXPONENTIAL, LOGARITHM, NORMAL_TAIL

INVERSE_LN2 = float.fromhex("0x1.71547652b82fep+0")
LN2_HIGH = float.fromhex("0x1.62e42fefa4000p-1")
LN2_LOW = float.fromhex("-0x1.8432a1b0e2634p-43")
INVERSE_ROOT_TURN = float.fromhex("0x1.9884533d43651p-2")
SOFTPLUS_BORDER = float.fromhex("0x1.a827999fcef32p-2")


def horner(coefficients, x):
    """From the highest degree down, each step one fma."""
    result = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        result = fma64(result, x, coefficient)
    return result


def polynomial(chains, x):
    """Two or four chains by degree modulo their number, then joined."""
    square = x * x
    if len(chains) == 2:
        even, odd = (horner(chain, square) for chain in chains)
        return fma64(x, odd, even)
    p0, p1, p2, p3 = (horner(chain, square * square) for chain in chains)
    return fma64(square, fma64(x, p3, p2), fma64(x, p1, p0))


def reduced(x):
    """n and p = exp(r) − 1 with x = n·ln 2 + r."""
    n = fma64(x, INVERSE_LN2, 1.5 * 2.0 ** 52) - 1.5 * 2.0 ** 52
    r = fma64(n, -LN2_LOW, fma64(n, -LN2_HIGH, x))
    return n.astype(int), fma64(r * r, polynomial(EXPONENTIAL, r), r)


def exp(x):
    n, p = reduced(x)
    return np.ldexp(1 + p, n)


def expm1(x):
    n, p = reduced(x)
    power = np.ldexp(1.0, n)
    return fma64(power, p, power - 1)


def log1p(f):
    return fma64(f * f, fma64(f, polynomial(LOGARITHM, f), -0.5), f)


def normal_tail(u):
    density = exp((u * u) * -0.5)
    return density, polynomial(NORMAL_TAIL, 1 / fma64(u, 0.5, 1.0) - 0.5)


def gelu(x):
    density, ratio = normal_tail(np.minimum(np.abs(x), 16))
    tail = density * ratio
    return np.maximum(x, -16) * np.where(x < 0, tail, 1 - tail)


def gelu_slope(x):
    u = np.minimum(np.abs(x), 16)
    density, ratio = normal_tail(u)
    low = density * fma64(u, -INVERSE_ROOT_TURN, ratio)
    return np.where(x < 0, low, 1 - low)


def silu(x):
    low = np.maximum(x, -120)
    return low / (1 + exp(-np.minimum(low, 120)))


def silu_slope(x):
    x = np.clip(x, -120, 120)
    e = exp(-x)
    s = 1 / (1 + e)
    return s * fma64(x, e * s, 1.0)


def softplus(x):
    e = exp(-np.minimum(np.abs(x), 120))
    high = e > SOFTPLUS_BORDER
    f = np.where(high, (e - 1) * 0.5, e)
    return np.maximum(x, 0) + (np.where(high, LN2_HIGH + LN2_LOW, 0.0) + log1p(f))


def elu(x, alpha):
    below = np.copysign(np.abs(expm1(np.clip(x, -60, 0))), x) * alpha
    return np.where(x > 0, x, below)


def elu_slope(x, alpha):
    return np.where(x > 0, 1.0, exp(np.clip(x, -120, 0)) * alpha)


class Smooth:
    """A function of float32: evaluated in float64 and rounded once, and so is dy times its derivative."""

    def __init__(self, value, gradient):
        self.value, self.gradient = value, gradient

    def forward(self, x, *settings):
        return self.value(x.astype(np.float64), *settings).astype(np.float32)

    def backward(self, dy, x, *settings):
        return self.gradient(dy.astype(np.float64), x.astype(np.float64), *settings).astype(np.float32)


GELU = Smooth(gelu, lambda dy, x: dy * gelu_slope(x))
SILU = Smooth(silu, lambda dy, x: dy * silu_slope(x))
ELU = Smooth(elu, lambda dy, x, alpha: dy * elu_slope(x, alpha))
SOFTPLUS = Smooth(softplus, lambda dy, x: dy / (1 + exp(-np.clip(x, -120, 120))))
