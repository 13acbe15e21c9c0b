"""An archive that can only be read: what reads it works, and says so."""

import os
import re
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import SMALL, Run
from tests.forked import Forked
from tests.waiting import HANG_S

_SHELL = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" "$1" || exit 99'
# What `unshare -rm` and mount do: a mount namespace of its own, since a mode does not keep root from writing.
_COMMAND = """
import ctypes, os, sys
from pathlib import Path
from archive.cli.main import main

NEW_USER, NEW_MOUNTS = 0x10000000, 0x00020000
READ_ONLY, REMOUNT, BIND, ALL_BELOW, PRIVATE = 1, 32, 4096, 16384, 1 << 18
libc = ctypes.CDLL(None, use_errno=True)

def mounted(*options):
    assert libc.mount(*options, None) == 0, os.strerror(ctypes.get_errno())

user, group, folder = os.getuid(), os.getgid(), os.fsencode(sys.argv[1])
assert libc.unshare(NEW_USER | NEW_MOUNTS) == 0, os.strerror(ctypes.get_errno())
Path("/proc/self/setgroups").write_text("deny")
Path("/proc/self/uid_map").write_text(f"0 {user} 1")
Path("/proc/self/gid_map").write_text(f"0 {group} 1")
mounted(b"none", b"/", None, ALL_BELOW | PRIVATE)
mounted(folder, folder, None, BIND)
mounted(b"none", folder, None, REMOUNT | READ_ONLY | BIND)
main(["--data", *sys.argv[1:]])
"""


@pytest.fixture
def read_only(full: Run, data: Path) -> Callable[..., Forked]:
    """Return what begins a command that sees an archive with something in it on a read-only disk."""

    def begun(*arguments: str) -> Forked:
        return Forked(data, *arguments, code=_COMMAND, env={**os.environ, **SMALL})

    assert full("status").code == 0
    tried = subprocess.run(["unshare", "-rm", "sh", "-c", _SHELL, "sh", str(data)], check=False)
    if tried.returncode:
        pytest.skip("this machine lets nobody mount a folder read-only")
    return begun


def test_what_reads_an_archive_works_where_it_can_only_be_read(read_only: Callable[..., Forked]) -> None:
    said = {}
    for name in ("status", "search gruvnäring", "verify", "ingest ."):
        process = read_only(*name.split())
        out, err = process.communicate()
        said[name] = subprocess.CompletedProcess(name, process.wait(), out, err)
    assert said["status"].returncode == said["search gruvnäring"].returncode == said["verify"].returncode == 0
    assert "(read-only)" in said["status"].stdout
    assert "Gruvnäringen" in said["search gruvnäring"].stdout
    assert said["verify"].stdout.startswith("read-only\nAll is well")
    assert said["ingest ."].returncode == 1
    assert "Traceback" not in said["ingest ."].stderr


def test_pages_are_served_from_an_archive_that_can_only_be_read(read_only: Callable[..., Forked]) -> None:
    with read_only("serve", "--port", "0", "--quiet") as server:
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        for path in ("/?q=gruvn%C3%A4ring", "/healthz"):
            with urllib.request.urlopen(found[0].rstrip("/") + path, timeout=HANG_S) as answer:
                assert answer.status == 200
        server.terminate()
        said = server.communicate()[1]
    assert server.returncode == 0
    assert "read-only" in said
