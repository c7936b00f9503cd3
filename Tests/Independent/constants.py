"""The constants of Documentation/Numerics.md that decide an order, in one place."""

VERSION = "f32-2"

# Rule 3: stripes of a sum over contiguous elements, and the elements of a block.
STRIPES = 16
SUM_BLOCK = 4096


def gradient_samples(positions):
    """Rule 2: the samples of a block of a weight or bias gradient."""
    return max(1, 4096 // positions)


# Rule 2: the rows (sample, position) of a block of a statistic.
STATISTICS_ROWS = 64


# The width of a panel: outputs of a weight stand in multiples of it, and parameters begin at one.
PANEL = 32

# First moments below this are set to +0.
LEAST_MOMENT = 2.0 ** -100
