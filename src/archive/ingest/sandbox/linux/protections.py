"""The protections of a child by their names, each with the means that gives it on this kernel."""

_NONE = "none"


def named_protections(landlock_abi: int, has_seccomp: bool) -> tuple[str, ...]:
    """Return the protections that a kernel with this version of Landlock (0: none) gives, for people.

    Each is what is protected and by what, "none" where nothing does: older versions of Landlock know nothing
    of cutting files (before 3) and signals (before 6), and none keeps a child from every network
    (landlock(7)).
    """
    landlock = f"landlock abi {landlock_abi}"
    means = (
        ("memory and time", ("rlimits",)),
        ("files", (landlock,) if landlock_abi else ()),
        ("truncation", _both(landlock if landlock_abi >= 3 else "", has_seccomp)),
        ("signals", _both(landlock if landlock_abi >= 6 else "", has_seccomp)),
        ("network", _both("", has_seccomp)),
        ("processes", _both("", has_seccomp)),
        ("modes and owners", _both("", has_seccomp)),
    )
    return tuple(f"{name}: {' and '.join(by) or _NONE}" for name, by in means)


def is_missing(protection: str) -> bool:
    """Return whether a named protection is not in force."""
    return protection.endswith(f": {_NONE}")


def _both(landlock: str, has_seccomp: bool) -> tuple[str, ...]:
    return tuple(means for means in (landlock, "seccomp" if has_seccomp else "") if means)
