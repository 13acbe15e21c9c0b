"""Bounds that the kernel keeps for one process (setrlimit(2))."""

import resource

_FILES_MAX = 64


def restrict(
    memory_max_bytes: int, cpu_time_s: int, file_max_bytes: int = 0, open_files_max: int = _FILES_MAX
) -> None:
    """Bound this process, for good: address space, processor time, size of written files, open files.

    No core file is written. Where the system sets a lower bound already, that one stays. At `cpu_time_s` the
    process gets SIGXCPU, a second later SIGKILL.
    """
    bounds = (
        (resource.RLIMIT_AS, memory_max_bytes, 0),
        (resource.RLIMIT_CPU, cpu_time_s, 1),
        (resource.RLIMIT_FSIZE, file_max_bytes, 0),
        (resource.RLIMIT_NOFILE, open_files_max, 0),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, bound, grace in bounds:
        _, hard = resource.getrlimit(kind)
        highest = bound + grace if hard == resource.RLIM_INFINITY else min(bound + grace, hard)
        resource.setrlimit(kind, (min(bound, highest), highest))
