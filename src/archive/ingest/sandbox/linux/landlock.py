"""Landlock: from here on this process reaches only the files that are named (landlock(7)).

Numbers are those of include/uapi/linux/landlock.h; the three calls have the same number on all machines.
"""

import os
import struct
from collections.abc import Iterable
from enum import IntFlag
from pathlib import Path

from archive.ingest.sandbox.linux import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_RULE_PATH_BENEATH = 1
_NET_TCP = 0b11
_SCOPE_SOCKETS_AND_SIGNALS = 0b11


class Access(IntFlag):
    """What a rule allows beneath its path."""

    EXECUTE = 1 << 0
    READ = (1 << 2) | (1 << 3)
    WRITE_FILE = (1 << 1) | (1 << 14)
    WRITE = (1 << 1) | (0b11 << 4) | (0b1111 << 7) | (0b111 << 12)
    """Write, remove, make folders, files, sockets, pipes and links, rename, truncate; never devices."""


_FILE_RIGHTS = Access.EXECUTE | Access.WRITE_FILE | (1 << 2)


def version() -> int:
    """Return the version of Landlock that the running kernel offers, 0 if none."""
    if not kernel.knows_machine():
        return 0
    try:
        return kernel.call(_CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def restrict(rules: Iterable[tuple[Path, Access]], abi: int | None = None) -> None:
    """Take from this process, for good, all access to files but that in `rules`, and all TCP.

    Paths that do not exist are left out. From version 6 on, signals to and abstract sockets of other
    processes are refused too. With `abi`, no more is asked for than that version of Landlock knows, as on an
    older kernel. Raises OSError if the kernel refuses.
    """
    available = version() if abi is None else min(abi, version())
    handled = _handled(available)
    network = _NET_TCP if available >= 4 else 0
    scoped = _SCOPE_SOCKETS_AND_SIGNALS if available >= 6 else 0
    size = 8 if available < 4 else 16 if available < 6 else 24
    attributes = struct.pack("=QQQ", handled, network, scoped)[:size]
    ruleset = kernel.call(_CREATE_RULESET, attributes, size, 0)
    try:
        for path, access in rules:
            _allow(ruleset, path, access & handled)
        kernel.forbid_new_privileges()
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _handled(available: int) -> int:
    """Return the rights that this version knows: 13, with "refer" 14, "truncate" 15, "ioctl" 16."""
    rights = 13 + (available >= 2) + (available >= 3) + (available >= 5)
    return (1 << rights) - 1


def _allow(ruleset: int, path: Path, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        allowed = access if path.is_dir() else access & _FILE_RIGHTS
        rule = struct.pack("=Qi", allowed, place)
        kernel.call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(place)
