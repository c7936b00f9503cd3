"""exp, log, tanh and sigmoid of float32, correctly rounded: NumPy's float64, and mpmath where that is too near a border."""
import mpmath
import numpy as np

mpmath.mp.prec = 160
# More than any of NumPy's functions errs by, relative to its result.
ERROR = 2.0 ** -48


def correctly_rounded(double, exact):
    def function(x):
        x = np.asarray(x, np.float32)
        with np.errstate(over="ignore"):
            value = double(x.astype(np.float64))
            low, high = ((value * (1 + sign * ERROR)).astype(np.float32) for sign in (-1, 1))
        result = value.astype(np.float32)
        for place in zip(*np.nonzero(low != high)):
            result[place] = to_float32(exact(mpmath.mpf(float(x[place]))))
        return result
    return function


def to_float32(value):
    """An mpf rounded once."""
    if value == 0:
        return np.float32(0)
    exponent = max(int(mpmath.floor(mpmath.log(abs(value), 2))), -126)
    while abs(value) < mpmath.ldexp(1, exponent) and exponent > -126:
        exponent -= 1
    scaled = mpmath.ldexp(value, 23 - exponent)
    whole = int(mpmath.nint(scaled))  # Ties to even.
    return np.float32(np.ldexp(float(whole), exponent - 23))


exp = correctly_rounded(np.exp, mpmath.exp)
log = correctly_rounded(np.log, mpmath.log)
tanh = correctly_rounded(np.tanh, mpmath.tanh)
sigmoid = correctly_rounded(lambda x: 1 / (1 + np.exp(-x)), lambda x: 1 / (1 + mpmath.exp(-x)))
