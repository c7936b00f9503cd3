"""The constants of Documentation/Numerics.md that decide an order, in one place."""

VERSION = "f32-1"

# Rule 3: stripes of a sum over contiguous elements, and the elements of a block.
STRIPES = 16
SUM_BLOCK = 4096

# Rule 2: a weight or bias gradient runs in blocks of max(1, ⌊GRADIENT_ROWS / positions⌋) samples …
GRADIENT_ROWS = 4096
# … and so do the sums of a batch normalization, by a number of their own.
STATISTICS_ROWS = 4096

# The width of a panel: outputs of a weight stand in multiples of it, and parameters begin at one.
PANEL = 32

# First moments below this are set to +0.
LEAST_MOMENT = 2.0 ** -100
