"""Open the sandbox that the settings name, or the best that this system can have."""

import os
from typing import Literal

from archive.errors import SettingsError
from archive.ingest.sandbox.base import Sandbox
from archive.ingest.sandbox.forking import ForkingSandbox
from archive.ingest.sandbox.linux import kernel
from archive.ingest.sandbox.spawning import FreshSandbox

FILES_REGISTRY = "archive.ingest.extractors.registry"
"""The readers of all file formats."""


def open_sandbox(
    choice: Literal["auto", "forking", "fresh"] = "auto", registry: str = FILES_REGISTRY
) -> Sandbox:
    """Return the sandbox for the setting `extract.isolation`; "auto" takes forking where it works.

    `registry` names the module that knows the readers.

    Raises SettingsError for "forking" where it does not: it needs Linux 5.3 on x86_64 or aarch64.
    """
    if choice == "fresh":
        return FreshSandbox(registry)
    if _can_fork():
        return ForkingSandbox(registry)
    if choice == "forking":
        raise SettingsError("extract.isolation", "this system has no forking isolation, use auto")
    return FreshSandbox(registry)


def _can_fork() -> bool:
    if not kernel.knows_machine():
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True
