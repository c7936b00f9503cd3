"""What layers have in common.

Values are N×H×W×C or N×features. `forward` keeps what `backward` needs; `backward` returns the gradient of the input
and puts those of its parameters into `gradients`, shards combined.
"""
import numpy as np
from constants import gradient_samples
from sums import over_samples, pairwise, shards

ZERO = np.float32(0)


class Layer:
    """A layer of a spec: its settings, and its parameters and buffers by suffix."""

    def __init__(self, name, settings, shape):
        self.name, self.settings, self.shape = name, settings, shape
        self.parameters, self.buffers, self.gradients = {}, {}, {}
        self.output_shape = self.build()

    def build(self):
        return self.shape

    def over_shards(self, positions, count, shard_count, sum_of):
        """A gradient over samples: blocks, then shards, pairwise."""
        length = gradient_samples(positions)
        return pairwise(over_samples(shard, length, sum_of) for shard in shards(count, shard_count))

    def commit(self):
        """Takes over what was measured of a batch."""
