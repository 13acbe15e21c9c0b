"""Fetch the provider into the cache folder, once; what comes is held to the hashes of `package-lock.json`."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from archive.disk.file_lock import file_lock
from tests.servers.cache import cache_folder

_HERE = Path(__file__).parent
_LISTS = ("package.json", "package-lock.json")
_FETCHED_MAX_S = 600
_NODE_MIN = 20


class NotInstalled(Exception):
    """What is missing on this machine: no package of Debian 12 brings a node of this age."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where node is, and the folder with the provider."""

    node: str
    folder: Path


def installation() -> Installation:
    """Return the provider, fetched where it is missing. Raises NotInstalled."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotInstalled("this machine has no node and npm")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(said.removeprefix("v").partition(".")[0]) < _NODE_MIN:
        raise NotInstalled(f"this machine has node {said}, and {_NODE_MIN} is needed")
    digest = sha256(b"".join((_HERE / name).read_bytes() for name in _LISTS)).hexdigest()
    folder = cache_folder() / f"openid-{digest[:16]}"
    with file_lock(
        folder.with_name(f"{folder.name}.lock"), _FETCHED_MAX_S, "Another run fetches the OpenID provider."
    ):
        if not (folder / "node_modules").is_dir():
            _fetch(npm, folder)
    return Installation(node, folder)


def _fetch(npm: str, folder: Path) -> None:
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for name in _LISTS:
        shutil.copy(_HERE / name, unfinished)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(
            command, cwd=unfinished, check=True, timeout=_FETCHED_MAX_S, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        raise NotInstalled(f"this machine's npm cannot fetch it: {error.stderr.strip()[-500:]}") from error
    except subprocess.TimeoutExpired as error:
        raise NotInstalled("this machine's npm takes too long to fetch it") from error
    unfinished.rename(folder)


def main() -> None:
    """Fetch it, or say why not."""
    try:
        print(f"The OpenID provider for tests: {installation().folder}")
    except NotInstalled as error:
        print(f"Tests of signing in at a real provider are skipped: {error}", file=sys.stderr)
