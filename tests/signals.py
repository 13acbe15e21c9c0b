"""Starts child processes whose reaction to signals does not depend on how the tests were started.

A shell starts a job in the background with SIGINT ignored, and every child inherits that. Setting handlers
between fork and exec in this process (`preexec_fn`) is unsafe next to other threads: a small program does it.
"""

import signal
import sys
from collections.abc import Sequence

_LAUNCHER = """
import os, signal, sys
default, ignored, blocked = ([int(number) for number in list.split()] for list in sys.argv[1:4])
for number in default:
    signal.signal(number, signal.SIG_DFL)
for number in ignored:
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
os.execv(sys.argv[4], sys.argv[4:])
"""


def with_signals(
    command: Sequence[str],
    ignored: Sequence[signal.Signals] = (),
    blocked: Sequence[signal.Signals] = (),
) -> list[str]:
    """Return a command that starts `command` with signals at their defaults.

    Args:
        command: an absolute path and arguments.
        ignored: signals that it is started with ignored instead.
        blocked: signals that it is started with blocked.
    """
    default = [number for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if number not in ignored]
    lists = [" ".join(str(int(number)) for number in numbers) for numbers in (default, ignored, blocked)]
    return [sys.executable, "-I", "-S", "-c", _LAUNCHER, *lists, *command]
