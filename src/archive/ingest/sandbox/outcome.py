"""How a child ended, as the category and the sentence that people see."""

import signal

from archive.errors import FileRejected
from archive.ingest.sandbox.base import Limits
from archive.model.extraction import Outcome

_MIB = 1024 * 1024


def timeout(limits: Limits) -> FileRejected:
    """Return the rejection of a file whose child was stopped by the clock."""
    message = f"Reading took longer than {limits.wall_time_s:g} s and was stopped."
    return FileRejected(Outcome.TIMEOUT, message)


def too_much_output(limits: Limits) -> FileRejected:
    """Return the rejection of a file whose child said more than it may."""
    size = limits.output_max_bytes // _MIB
    return FileRejected(Outcome.RESOURCE_LIMIT, f"Reading gave more than {size} MiB and was stopped.")


def bad_answer() -> FileRejected:
    """Return the rejection of a file whose child did not keep to the form of the answer."""
    return FileRejected(Outcome.CRASH, "The reader's answer broke off or is not of the agreed form.")


def server_gone() -> FileRejected:
    """Return the rejection of a file during which the forking server ended."""
    message = "The process that reads files ended while it read this one; add the file again."
    return FileRejected(Outcome.CRASH, message)


def rejection(exit_code: int, limits: Limits) -> FileRejected | None:
    """Return why the file is rejected; None for exit code 0. Negative codes are signals, as in subprocess.

    A SIGKILL that the parent did not send comes from the kernel: memory ran out, or the processor time.
    """
    if exit_code == 0:
        return None
    if exit_code == -getattr(signal, "SIGXCPU", 0):
        message = f"Reading used more than {limits.cpu_time_s} s of processor time and was stopped."
        return FileRejected(Outcome.RESOURCE_LIMIT, message)
    if exit_code == -getattr(signal, "SIGKILL", 0):
        return FileRejected(Outcome.RESOURCE_LIMIT, "The system stopped the reading of this file.")
    return FileRejected(Outcome.CRASH, f"The reader crashed on this file{_signal(exit_code)}.")


def _signal(exit_code: int) -> str:
    """Return the name of the signal that ended the child, in brackets; "" if it ended by itself."""
    try:
        return f" ({signal.Signals(-exit_code).name})"
    except ValueError:
        return ""
