"""Fetch what an OpenSearch node is made of into a cache folder, once: run this module.

Needs Maven and a JDK 21 or newer (JAVA_HOME, else one of /usr/lib/jvm).
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.disk.file_lock import file_lock
from tests.servers.cache import cache_folder

_HERE: Final = Path(__file__).parent
_MADE_FROM: Final = (_HERE / "pom.xml", _HERE / "TestNode.java")
_LEAST_JAVA: Final = 21
_FETCH_S: Final = 900.0
_SHARED: Final = "classes.jsa"
_START_S: Final = 300.0
_LAYOUT: Final = b"one jar for the node; its classes as Java shares them"
_NOBODY: Final = 2**30
"""No process has this number: a node that is to end with it ends when it has started."""
_OPTIONS: Final = (
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.level=warn",
    "-Dlog4j.shutdownHookEnabled=false",
)
QUICK_START: Final = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For tests: code is compiled once, quickly."""


class NotInstallable(Exception):
    """What is missing on this machine, and how to get it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where Java and the node's classes are."""

    java: Path
    classes: Path

    def command(self, home: Path, owner: int, *options: str) -> list[str]:
        """Return the command line of a node with a folder of its own, without its settings.

        Args:
            home: The node's folder; what it needs in there is made.
            owner: The process that it ends with.
            options: More options for Java.
        """
        for needed in ("config", "tmp"):
            (home / needed).mkdir(parents=True, exist_ok=True)
        shared = self.classes / _SHARED
        if shared.is_file():
            options = (f"-XX:SharedArchiveFile={shared}", *options)
        java = [str(self.java), *_OPTIONS, *options, f"-Djava.io.tmpdir={home / 'tmp'}"]
        return [*java, "-cp", f"{self.classes}/*", "TestNode", str(home), str(owner)]


def installed() -> Installation:
    """Return the node's installation, made first where it is not there.

    Raises:
        NotInstallable: Maven or the JDK is missing, or nothing can be fetched.
    """
    jdk = _find_jdk()
    made_from = b"".join(path.read_bytes() for path in (*_MADE_FROM, jdk / "release"))
    made_from += _LAYOUT
    cache = cache_folder()
    classes = cache / f"opensearch-{hashlib.sha256(made_from).hexdigest()[:16]}"
    if not classes.is_dir():
        with file_lock(cache / "opensearch.lock", _FETCH_S, "Another run fetches OpenSearch."):
            if not classes.is_dir():
                _install(jdk, classes)
    return Installation(jdk / "bin" / "java", classes)


def _find_jdk() -> Path:
    given = os.environ.get("JAVA_HOME")
    homes = [Path(given)] if given else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in homes:
        release = home / "release"
        if (home / "bin" / "javac").is_file() and release.is_file():
            version = re.search(r'^JAVA_VERSION="(\d+)', release.read_text("utf-8"), re.MULTILINE)
            if version and int(version[1]) >= _LEAST_JAVA:
                return home
    raise NotInstallable(f"no JDK {_LEAST_JAVA} or newer under JAVA_HOME or /usr/lib/jvm")


def _install(jdk: Path, classes: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NotInstallable("Maven is missing (apt-get install maven)")
    made = Path(tempfile.mkdtemp(dir=classes.parent))
    copy = [maven, "-q", "-B", "-f", str(_MADE_FROM[0]), "dependency:copy-dependencies"]
    _run([*copy, "-DincludeScope=runtime", f"-DoutputDirectory={made}"], jdk)
    node = made / "node"
    _run([str(jdk / "bin" / "javac"), "-d", str(node), "-cp", f"{made}/*", str(_MADE_FROM[1])], jdk)
    jar = [str(jdk / "bin" / "jar"), "--create", "--file", str(made / "test-node.jar")]
    _run([*jar, "-C", str(node), "."], jdk)
    shutil.rmtree(node)
    made.rename(classes)
    try:
        _share_classes(Installation(jdk / "bin" / "java", classes), jdk)
    except NotInstallable as error:
        print(f"Nodes for tests will start slowly. {error}", file=sys.stderr)


def _share_classes(node: Installation, jdk: Path) -> None:
    """Keep the classes of a node that has started as Java maps them: others start in half the time.

    Java takes them from the folder alone in which they were loaded, so it has its name by now.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / _SHARED
        command = node.command(Path(folder), _NOBODY, *QUICK_START, f"-XX:ArchiveClassesAtExit={made}")
        _run([*command, "network.host=127.0.0.1", "http.port=0", "transport.port=0"], jdk)
        shutil.copyfile(made, node.classes / f"{_SHARED}.part")
    (node.classes / f"{_SHARED}.part").rename(node.classes / _SHARED)


def _run(command: list[str], jdk: Path) -> None:
    environment = {**os.environ, "JAVA_HOME": str(jdk)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_FETCH_S)
    if done.returncode:
        raise NotInstallable(f"OpenSearch cannot be fetched: {(done.stdout + done.stderr).strip()[-500:]}")


def main(arguments: Sequence[str]) -> int:
    """Fetch it, or say why not; tests that need it are skipped then (and fail in CI).

    With `--has-jdk` only say by the exit status whether there is a JDK that can run it.
    """
    try:
        if "--has-jdk" in arguments:
            _find_jdk()
            return 0
        print(f"OpenSearch for tests: {installed().classes}")
    except NotInstallable as error:
        if "--has-jdk" in arguments:
            return 1
        print(f"Tests on OpenSearch are skipped: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
