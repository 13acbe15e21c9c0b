"""An archive that can only be read: what reads it works, and says so."""

import os
import re
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import SMALL, Run, command
from tests.signals import with_signals
from tests.waiting import HANG_S

# In a mount namespace of its own: a mode does not keep root from writing.
_SHELL = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" "$1" || exit 99; shift; exec "$@"'


@pytest.fixture
def read_only(full: Run, data: Path) -> Callable[..., list[str]]:
    """Return what makes a command line that sees an archive with something in it on a read-only disk."""

    def line(*arguments: str) -> list[str]:
        return ["unshare", "-rm", "sh", "-c", _SHELL, "sh", str(data), *command(data, *arguments)]

    assert full("status").code == 0
    tried = subprocess.run(["unshare", "-rm", "sh", "-c", _SHELL, "sh", str(data), "true"], check=False)
    if tried.returncode:
        pytest.skip("this machine lets nobody mount a folder read-only")
    return line


def test_what_reads_an_archive_works_where_it_can_only_be_read(read_only: Callable[..., list[str]]) -> None:
    said = {
        name: subprocess.run(
            read_only(*name.split()),
            env={**os.environ, **SMALL},
            capture_output=True,
            text=True,
            timeout=HANG_S,
            check=False,
        )
        for name in ("status", "search gruvnäring", "verify", "ingest .")
    }
    assert said["status"].returncode == said["search gruvnäring"].returncode == said["verify"].returncode == 0
    assert "(read-only)" in said["status"].stdout
    assert "Gruvnäringen" in said["search gruvnäring"].stdout
    assert said["verify"].stdout.startswith("read-only\nAll is well")
    assert said["ingest ."].returncode == 1
    assert "Traceback" not in said["ingest ."].stderr


def test_pages_are_served_from_an_archive_that_can_only_be_read(
    read_only: Callable[..., list[str]],
) -> None:
    shell = read_only("serve", "--port", "0", "--quiet")
    with subprocess.Popen(
        with_signals(["/usr/bin/env", *shell]),
        env={**os.environ, **SMALL},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        for path in ("/?q=gruvn%C3%A4ring", "/healthz"):
            with urllib.request.urlopen(found[0].rstrip("/") + path, timeout=HANG_S) as answer:
                assert answer.status == 200
        server.terminate()
        said = server.communicate(timeout=HANG_S)[1]
    assert server.returncode == 0
    assert "read-only" in said
