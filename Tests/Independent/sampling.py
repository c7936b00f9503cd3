"""Dropout and augmentation, from Documentation/Numerics.md."""
import numpy as np
from streams import AUGMENTATION, DROPOUT, Stream, named_key


def dropout_kept(key, layer, probability, step, samples, shape):
    """Which elements of [samples, *shape] stay; images draw in the order H, W, C."""
    threshold = int(np.floor(probability * 2.0 ** 32 + 0.5))
    stored = shape if len(shape) == 1 else (shape[1], shape[2], shape[0])
    key, count = named_key(key, layer), int(np.prod(shape))
    kept = [Stream(key, DROPOUT, step, int(sample)).draws(count) >= threshold for sample in samples]
    kept = np.array(kept).reshape(len(kept), *stored)
    return kept if len(shape) == 1 else kept.transpose(0, 3, 1, 2)


def augmented(images, samples, key, epoch, padding, border, flips):
    """Images N×C×H×W as an epoch sees them; `border` is "reflect", or a value for each channel."""
    result = np.empty_like(images)
    height, width = images.shape[2:]
    for place, sample in enumerate(samples):
        stream = Stream(key, AUGMENTATION, epoch, int(sample))
        mirrored = stream.next() & 1 and flips
        down, right = (stream.below(2 * padding + 1) - padding for _ in range(2))
        image = images[place]
        if isinstance(border, str):
            padded = np.pad(image, ((0, 0), (padding, padding), (padding, padding)), mode="reflect")
        else:
            size = (len(image), height + 2 * padding, width + 2 * padding)
            padded = np.broadcast_to(np.asarray(border, image.dtype)[:, None, None], size).copy()
            padded[:, padding:padding + height, padding:padding + width] = image
        crop = padded[:, padding + down:, padding + right:][:, :height, :width]
        result[place] = crop[:, :, ::-1] if mirrored else crop
    return result
