#!/usr/bin/env python3
"""Derives the polynomials of the elementary functions and writes them as Swift.

    python3 Scripts/elementary_coefficients.py > Sources/KernelSources/Elementary/Polynomials.swift
    python3 Scripts/elementary_coefficients.py scalar > Sources/ElementaryFunctions/Polynomials.swift

Needs mpmath only. Each polynomial is a minimax fit by the Remez exchange on a dense grid with 50 digits. The
coefficients are then rounded to double; where the interval does not contain zero, from the lowest degree upwards, and
after each rounding the remaining ones are fitted again, so that a later coefficient absorbs what an earlier one lost. The bound in each comment is the largest
weighted error of the *rounded* polynomial on a grid five times as dense, evaluated exactly; roundings of the evaluation
in double come on top and are covered by the exhaustive check.
"""

import sys
from mpmath import mp, mpf

mp.dps = 50


def chebyshev(a, b, count):
    """The extremes of the Chebyshev polynomial of degree count - 1 on [a, b], ascending."""
    return [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * k / (count - 1)) for k in range(count)]


def remez(f, weight, a, b, degrees, rounds=15):
    """Coefficients of the powers `degrees` that minimize max |weight·(p − f)| on [a, b], and that maximum."""
    n = len(degrees)
    points = chebyshev(a, b, n + 1)
    grid = chebyshev(a, b, 20 * (n + 1))
    values = [(x, f(x), weight(x)) for x in grid]
    best = None
    for _ in range(rounds):
        matrix = mp.matrix(n + 1, n + 1)
        right = mp.matrix(n + 1, 1)
        for i, x in enumerate(points):
            for j, d in enumerate(degrees):
                matrix[i, j] = x**d
            matrix[i, n] = (-1) ** i / weight(x)
            right[i] = f(x)
        solution = mp.lu_solve(matrix, right)
        c = [solution[j] for j in range(n)]
        error = [w * (sum(cj * x**d for cj, d in zip(c, degrees)) - y) for x, y, w in values]
        worst = max(abs(e) for e in error)
        if best is None or worst < best[1]:
            best = (c, worst)
        extremes = []
        i = 0
        while i < len(error):
            sign, top = error[i] >= 0, i
            while i < len(error) and (error[i] >= 0) == sign:
                if abs(error[i]) > abs(error[top]):
                    top = i
                i += 1
            extremes.append(top)
        while len(extremes) > n + 1:
            extremes.pop(0 if abs(error[extremes[0]]) < abs(error[extremes[-1]]) else -1)
        if len(extremes) < n + 1 or abs(solution[n]) > worst * mpf("0.99"):
            break
        points = [grid[k] for k in extremes]
    return best


def fit(f, weight, a, b, degree, fixed=(), refit=True):
    """Double coefficients c[0…degree] near the minimax fit, the first ones given by `fixed`; and the error's log2."""
    top = max(weight(x) for x in chebyshev(a, b, 50))
    floored = lambda x: max(weight(x), top * mpf("1e-4"))
    c = [mpf(v) for v in fixed]
    if not refit:
        c = [mpf(float(v)) for v in remez(f, floored, a, b, list(range(degree + 1)))[0]]
    while len(c) <= degree:
        rest = lambda x: f(x) - sum(v * x**k for k, v in enumerate(c))
        tail, _ = remez(rest, floored, a, b, list(range(len(c), degree + 1)))
        c.append(mpf(float(tail[0])))
    error = max(
        floored(x) * abs(sum(v * x**k for k, v in enumerate(c)) - f(x))
        for x in chebyshev(a, b, 100 * (degree + 1))
    )
    return [float(v) for v in c], mp.log(error, 2)


def prefixed(first, result):
    return [first] + result[0], result[1]


def split(value, bits):
    """A double with at most `bits` significant bits, and the double nearest to what is missing."""
    exponent = mp.floor(mp.log(abs(value), 2))
    unit = mpf(2) ** (exponent - bits + 1)
    high = float(mp.nint(value / unit) * unit)
    return high, float(value - high)


def literal(v):
    return float(v).hex().replace("0x1.0000000000000p", "0x1p")


SCALAR = sys.argv[1:] == ["scalar"]
NEEDED_AS_SCALAR = {
    "reciprocalOfLogarithmOfTwo", "logarithmOfTwoHigh", "logarithmOfTwoLow", "exponentialRemainder",
    "logarithmRemainder", "cosineOfTurns", "sineRemainderOfTurns",
    "fullTurn", "fullTurnLow",
}


def constant(name, value, comment):
    if SCALAR and name not in NEEDED_AS_SCALAR:
        return
    print(f"/// {comment}\n@inline(__always) var {name}: Double {{ {literal(value)} }}\n")


def horner(name, c, variable):
    """Swift lines that evaluate Σ c[k]·variable^k into `name`."""
    if SCALAR:
        lines = [f"  var {name}: Double = {literal(c[-1])}"]
        lines += [f"  {name} = ({literal(v)} as Double).addingProduct({name}, {variable})" for v in c[-2::-1]]
    else:
        lines = [f"  var {name} = SIMD8<Double>(repeating: {literal(c[-1])})"]
        lines += [f"  {name} = multiplyAdd({name}, {variable}, {literal(v)})" for v in c[-2::-1]]
    return lines


def polynomial(name, comment, result, variable, ways):
    """A Swift function of the polynomial, cut into 1, 2 or 4 independent chains to keep the FMA units busy."""
    if SCALAR and name not in NEEDED_AS_SCALAR:
        return
    c, error = result() if callable(result) else result
    how = {1: "one chain", 2: "an even and an odd chain", 4: "four chains, by degree modulo 4"}[ways]
    print(f"/// {comment}\n///\n/// Degree {len(c) - 1}, weighted error below 2^{mp.nstr(error, 4)}; {how}.")
    type = "Double" if SCALAR else "SIMD8<Double>"
    print("@inline(__always)")
    print(f"func {name}(_ {variable}: {type}) -> {type} {{")
    lines = []
    if ways == 1:
        lines += horner("p", c, variable) + ["  return p"]
    elif ways == 2:
        lines += [f"  let square = {variable} * {variable}"]
        lines += horner("even", c[0::2], "square") + horner("odd", c[1::2], "square")
        lines += [f"  return even.addingProduct({variable}, odd)"]
    else:
        lines += [f"  let square = {variable} * {variable}", "  let fourth = square * square"]
        for k in range(4):
            lines += horner(f"p{k}", c[k::4], "fourth")
        lines += [f"  p0 = p0.addingProduct({variable}, p1)", f"  p2 = p2.addingProduct({variable}, p3)"]
        lines += ["  return p0.addingProduct(square, p2)"]
    print("\n".join(lines))
    print("}\n")


def main():
    ln2 = mp.log(2)
    print("// Written by Scripts/elementary_coefficients.py; do not edit.\n")

    constant("reciprocalOfLogarithmOfTwo", 1 / ln2, "1 / ln 2.")
    high, low = split(ln2, 40)
    constant("logarithmOfTwoHigh", high, "The first 40 bits of ln 2: its product with an exponent is exact.")
    constant("logarithmOfTwoLow", low, "What `logarithmOfTwoHigh` lacks of ln 2.")

    # exp(r) = 1 + r + r²·q(r); the weight makes the error relative to exp.
    h = ln2 / 2 * (1 + mpf(2) ** -20)
    # The first coefficient of q is ½ exactly, so that the fit is of q′(r) = (q(r) − ½) / r.
    q = lambda r: sum(r**k / mp.factorial(k + 3) for k in range(40))
    polynomial(
        "exponentialRemainder",
        "(exp(r) − 1 − r) / r² for |r| ≤ ½ ln 2; the error is relative to exp(r).",
        prefixed(0.5, fit(q, lambda r: abs(r)**3 / mp.exp(r), -h, h, DEGREES["exp"] - 1, refit=False)),
        "r", 2)

    # log(1 + f) = f − f²/2 + f³·g(f); the weight makes the error relative to f.
    def g(f):
        if abs(f) < mpf("1e-3"):
            return sum((-1) ** k * f**k / (k + 3) for k in range(20))
        return (mp.log1p(f) - f + f * f / 2) / f**3
    polynomial(
        "logarithmRemainder",
        "(log(1 + f) − f + f²/2) / f³ for √½ − 1 ≤ f ≤ √2 − 1; the error is relative to log(1 + f).",
        fit(g, lambda f: f**3 / mp.log1p(f) if f else mpf(0), mp.sqrt(mpf("0.5")) - 1 - mpf(2) ** -20,
            mp.sqrt(2) - 1 + mpf(2) ** -20, DEGREES["log"], refit=False), "f", 4)

    # erf(x) = 1 − exp(−x·Q(x)); the weight carries an error of Q to a relative error of erf.
    c0 = 2 / mp.sqrt(mp.pi)
    high, low = float(c0), float(c0 - mpf(float(c0)))
    constant("errorFunctionSlope", high, "2 / √π.")
    constant("errorFunctionSlopeLow", low, "What `errorFunctionSlope` lacks of 2 / √π.")
    def Q1(x):
        if x < mpf("1e-15"):
            return 2 / mp.pi
        return (-mp.log(mp.erfc(x)) / x - c0) / x
    polynomial(
        "errorFunctionExponent",
        "(−log(erfc(x)) / x − 2/√π) / x for 0 ≤ x ≤ 3.93; the error is relative to erf(x).",
        lambda: fit(Q1, lambda x: mp.erfc(x) * x * x / mp.erf(x) if x else mpf(0), mpf(0), mpf("3.93"),
            DEGREES["erf"]), "x", 4)

    # Φ(−u) = exp(−u²/2)·M(t), t = 1/(1 + u/2): M is smooth for all u ≥ 0.
    def M(t):
        u = 2 * (1 / t - 1)
        return mp.erfc(u / mp.sqrt(2)) / 2 * mp.exp(u * u / 2)
    polynomial(
        "normalTail",
        "Φ(−u)·exp(u²/2) at v = 1/(1 + u/2) − ½ for 0 ≤ u ≤ 16; the error is relative.",
        lambda: fit(lambda v: M(v + mpf(0.5)), lambda v: 1 / M(v + mpf(0.5)), 1 / mpf(9) - mpf(0.5), mpf(0.5),
            DEGREES["tail"], refit=False), "v", 4)

    constant("reciprocalOfRootOfTurn", 1 / mp.sqrt(2 * mp.pi), "1 / √(2π).")
    constant("rootOfTwoOverPi", mp.sqrt(2 / mp.pi), "√(2 / π).")

    # cos(2πf), and sin(2πf) = 2π·f + f·y·S(y), in y = f², |f| ≤ 1/8.
    b = mpf(1) / 64
    cosine = lambda y: mp.cos(2 * mp.pi * mp.sqrt(y))
    polynomial("cosineOfTurns", "cos(2πf) in y = f² for |f| ≤ 1/8.",
               fit(cosine, lambda y: mpf(1), mpf(0), b, DEGREES["cos"], fixed=(1.0,)), "y", 1)
    turn = 2 * mp.pi
    high, low = float(turn), float(turn - mpf(float(turn)))
    constant("fullTurn", high, "2π.")
    constant("fullTurnLow", low, "What `fullTurn` lacks of 2π.")

    def sine(y):
        if y < mpf("1e-6"):
            return sum((-1) ** k * turn ** (2 * k + 1) * y ** (k - 1) / mp.factorial(2 * k + 1) for k in range(1, 12))
        f = mp.sqrt(y)
        return (mp.sin(turn * f) / f - turn) / y
    polynomial("sineRemainderOfTurns", "(sin(2πf) / f − 2π) / y in y = f² for |f| ≤ 1/8; the error is relative to sin.",
               fit(sine, lambda y: y / (turn + y * sine(y)), mpf(0), b, DEGREES["sin"] - 1), "y", 1)


DEGREES = {"exp": 9, "log": 19, "erf": 23, "tail": 22, "cos": 7, "sin": 7}

if __name__ == "__main__":
    main()
