"""Orders of sums, rules 2 and 3 of Documentation/Numerics.md."""
import numpy as np
from constants import STATISTICS_ROWS, STRIPES, SUM_BLOCK
from exact import fma


def pairwise(parts):
    """b₀+b₁, b₂+b₃, … level by level; an odd one is carried up."""
    parts = list(parts)
    while len(parts) > 1:
        parts = [parts[i] + parts[i + 1] if i + 1 < len(parts) else parts[i] for i in range(0, len(parts), 2)]
    return parts[0]


def tree(stripes):
    """16 → 8 → 4 → 2 → 1 over the last axis."""
    while stripes.shape[-1] > 1:
        half = stripes.shape[-1] // 2
        stripes = stripes[..., :half] + stripes[..., half:]
    return stripes[..., 0]


def striped(x, filler, step):
    """Rule 3 over the last axis: `step` adds sixteen elements to the stripes."""
    x = np.asarray(x, np.float32)
    if x.shape[-1] == 0:
        return np.zeros(x.shape[:-1], np.float32)
    blocks = []
    for start in range(0, x.shape[-1], SUM_BLOCK):
        block = x[..., start:start + SUM_BLOCK]
        missing = -block.shape[-1] % STRIPES
        block = np.concatenate([block, np.full((*x.shape[:-1], missing), filler, np.float32)], axis=-1)
        stripes = np.full((*x.shape[:-1], STRIPES), filler, np.float32)
        for i in range(0, block.shape[-1], STRIPES):
            stripes = step(stripes, block[..., i:i + STRIPES])
        blocks.append(tree(stripes))
    return pairwise(blocks)


def total(x):
    """The sum of rule 3 over the last axis."""
    return striped(x, np.float32(-0.0), lambda stripes, part: stripes + part)


def total_of_squares(x):
    return striped(x, np.float32(0), lambda stripes, part: fma(part, part, stripes))


def shards(count, number):
    """The samples of each shard that has any: sample i of n is in shard ⌊i·shards/n⌋."""
    of = np.arange(count) * number // count
    return [np.flatnonzero(of == shard) for shard in np.unique(of)]


def over_samples(samples, length, sum_of):
    """A sum over the samples of one shard, in blocks of so many, combined pairwise."""
    return pairwise(sum_of(samples[start:start + length]) for start in range(0, len(samples), length))


def statistic(sum_of, *arrays):
    """A sum over rows (sample, position) in blocks of rows, combined pairwise."""
    return pairwise(sum_of(*(array[start:start + STATISTICS_ROWS] for array in arrays))
                    for start in range(0, len(arrays[0]), STATISTICS_ROWS))
