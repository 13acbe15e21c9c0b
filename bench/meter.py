"""CPU and wall time of a piece of work, with that of the processes it started and waited for."""

import resource
import time
from dataclasses import dataclass, field


def _cpu_s() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@dataclass
class Meter:
    """A context that measures itself. `cpu_s` holds children only once they have been waited for."""

    cpu_s: float = 0.0
    wall_s: float = 0.0
    _began: tuple[float, float] = field(default=(0.0, 0.0), repr=False)

    def __enter__(self) -> "Meter":
        self._began = (_cpu_s(), time.monotonic())
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu_s += _cpu_s() - self._began[0]
        self.wall_s += time.monotonic() - self._began[1]


def peak_mib(who: int) -> float:
    """Return the largest resident memory so far, of this process or of its greatest child, in MiB."""
    return resource.getrusage(who).ru_maxrss / 1024
