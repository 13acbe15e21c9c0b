"""What `status` says of kernels."""

import pytest

from archive.ingest.sandbox.linux.confine import is_missing, named_protections


def missing(landlock_abi: int, has_seccomp: bool) -> list[str]:
    named = named_protections(landlock_abi, has_seccomp)
    return [each.partition(":")[0] for each in named if is_missing(each)]


def test_current_kernel_has_all_by_both_means() -> None:
    assert named_protections(7, has_seccomp=True) == (
        "memory and time: rlimits",
        "files: landlock abi 7",
        "truncation: landlock abi 7 and seccomp",
        "signals: landlock abi 7 and seccomp",
        "network: seccomp",
        "processes: seccomp",
        "modes and owners: seccomp",
    )


@pytest.mark.parametrize(
    ("landlock_abi", "truncation", "signals"),
    [
        (1, "seccomp", "seccomp"),
        (2, "seccomp", "seccomp"),
        (3, "landlock abi 3 and seccomp", "seccomp"),
        (5, "landlock abi 5 and seccomp", "seccomp"),
        (6, "landlock abi 6 and seccomp", "landlock abi 6 and seccomp"),
    ],
)
def test_older_landlock_is_made_up_for_by_seccomp(landlock_abi: int, truncation: str, signals: str) -> None:
    named = named_protections(landlock_abi, has_seccomp=True)
    assert {f"truncation: {truncation}", f"signals: {signals}"} <= set(named)
    assert missing(landlock_abi, has_seccomp=True) == []


def test_without_seccomp_what_landlock_lacks_is_missing() -> None:
    rest = ["network", "processes", "modes and owners"]
    assert missing(7, has_seccomp=False) == rest
    assert missing(5, has_seccomp=False) == ["signals", *rest]
    assert missing(2, has_seccomp=False) == ["truncation", "signals", *rest]


def test_without_landlock_files_are_open() -> None:
    assert missing(0, has_seccomp=True) == ["files"]
    assert len(missing(0, has_seccomp=False)) == 6
