"""Which isolation this system can have."""

import os
import socket
from typing import Literal

from archive.errors import SettingsError
from archive.ingest.sandbox.base import Isolation
from archive.ingest.sandbox.forking import ForkingIsolation
from archive.ingest.sandbox.linux import kernel
from archive.ingest.sandbox.spawning import FreshIsolation


def open_isolation(choice: Literal["auto", "forking", "fresh"] = "auto") -> Isolation:
    """Return the isolation for the setting `extract.isolation`; "auto" takes forking where it works.

    Raises SettingsError for "forking" where it does not: it needs Linux 5.3 on x86_64 or aarch64.
    """
    if choice == "fresh":
        return FreshIsolation()
    if _can_fork():
        return ForkingIsolation()
    if choice == "forking":
        raise SettingsError("extract.isolation", "this system has no forking isolation, use auto")
    return FreshIsolation()


def _can_fork() -> bool:
    if not (kernel.is_linux() and hasattr(socket, "SOCK_SEQPACKET")):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True
