"""What a picture in grey shows, as bits that can be compared: where it becomes lighter and darker.

In cells of two sizes: a logo, a crop or other letters change few of these.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX

_STEP_MIN: Final = 6.0
_CELLS: Final = (2, 3)


def steps_of(grey: bytes) -> NDArray[np.bool_]:
    """Return where a picture becomes clearly lighter or darker, to the right and down: a bit for each."""
    pixels = np.frombuffer(grey, np.uint8).reshape(GREY_HEIGHT_PX, GREY_WIDTH_PX).astype(np.float64)
    found: list[NDArray[np.bool_]] = []
    for size in _CELLS:
        rows, columns = GREY_HEIGHT_PX // size, GREY_WIDTH_PX // size
        cells = pixels.reshape(rows, size, columns, size).mean(axis=(1, 3))
        for axis in (0, 1):
            steps = np.diff(cells, axis=axis).ravel()
            found += [steps > _STEP_MIN, steps < -_STEP_MIN]
    return np.concatenate(found)


STEPS: Final = len(steps_of(bytes(GREY_WIDTH_PX * GREY_HEIGHT_PX)))
"""So many bits a picture has."""
STEPS_BYTES: Final = -(-STEPS // 8)
