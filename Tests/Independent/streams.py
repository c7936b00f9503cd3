"""Random numbers, from the section of that name in Documentation/Numerics.md."""
import numpy as np

INITIALIZATION, SHUFFLE, SPLIT, DROPOUT, AUGMENTATION = 1, 2, 3, 4, 5
LOW = 0xFFFFFFFF


def blocks(counters, key):
    """Philox4x32-10: four words for each counter of four words."""
    c0, c1, c2, c3 = (np.asarray(counters, np.uint64)[:, i] for i in range(4))
    k0, k1 = key
    half, low = np.uint64(32), np.uint64(LOW)
    for _ in range(10):
        p0, p1 = c0 * np.uint64(0xD2511F53), c2 * np.uint64(0xCD9E8D57)
        c0, c1, c2, c3 = (
            (p1 >> half) ^ c1 ^ np.uint64(k0), p1 & low, (p0 >> half) ^ c3 ^ np.uint64(k1), p0 & low)
        k0, k1 = (k0 + 0x9E3779B9) & LOW, (k1 + 0xBB67AE85) & LOW
    return np.stack([c0, c1, c2, c3], axis=1)


def seed_key(seed):
    return seed & LOW, seed >> 32


def named_key(key, name):
    """The key of a name under a key."""
    data = name.encode()
    h = 0xCBF29CE484222325
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    words = blocks([[h & LOW, h >> 32, len(data), 0]], key)[0]
    return int(words[0]), int(words[1])


class Stream:
    """The draws of a key, a purpose, a step or epoch, and an element."""

    def __init__(self, key, purpose, step=0, element=0):
        self.key, self.rest = key, (element, step, purpose)
        self.words, self.used = np.zeros(0, np.uint64), 0

    def draws(self, count, first=0):
        """Draws `first` and up, by their numbers."""
        start = first // 4
        counters = np.zeros((-(-(first + count) // 4) - start, 4), np.uint64)
        counters[:, 0] = np.arange(start, start + len(counters))
        counters[:, 1:] = self.rest
        return blocks(counters, self.key).reshape(-1)[first - 4 * start:][:count]

    def next(self):
        if self.used == len(self.words):
            self.words = np.append(self.words, self.draws(1024, self.used))
        self.used += 1
        return int(self.words[self.used - 1])

    def below(self, n):
        """The next integer below n."""
        while True:
            product = self.next() * n
            if (product & LOW) >= ((1 << 32) - n) % n:
                return product >> 32


def permutation(count, key, epoch=0, purpose=SHUFFLE):
    stream, order = Stream(key, purpose, epoch), np.arange(count)
    for i in range(count - 1, 0, -1):
        j = stream.below(i + 1)
        order[i], order[j] = order[j], order[i]
    return order
