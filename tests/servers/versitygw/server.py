"""Start and stop the gateway."""

import os
import subprocess
from pathlib import Path

import psutil

from archive.settings.store import StoreSettings
from tests.waiting import wait_until

ACCESS, SECRET = "arkivet", "hemligt-bara-i-prov"


class S3Server:
    """One gateway over a folder; a bucket is a folder in it."""

    def __init__(self, program: Path, folder: Path, certificate: tuple[Path, Path] | None = None) -> None:
        self._program = program
        self._folder = folder
        self._certificate = certificate
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        (folder / "buckets").mkdir(parents=True)
        (folder / "metadata").mkdir()

    def start(self) -> None:
        """Start it, on the port of before where there was one, and wait until it listens."""
        options = ["--port", f"127.0.0.1:{self.port}", "--quiet"]
        if self._certificate:
            options += ["--cert", str(self._certificate[0]), "--key", str(self._certificate[1])]
        folders = ["posix", "--sidecar", str(self._folder / "metadata"), str(self._folder / "buckets")]
        environment = os.environ | {"ROOT_ACCESS_KEY_ID": ACCESS, "ROOT_SECRET_ACCESS_KEY": SECRET}
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._program), *options, *folders], env=environment, stdout=log, stderr=log
            )
        self.port = self._listening_port(self._process)

    def stop(self) -> None:
        """Kill it, as a power loss would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def make_bucket(self, name: str) -> Path:
        """Make a bucket; return the folder in which its objects are files."""
        folder = self._folder / "buckets" / name
        folder.mkdir()
        return folder

    def settings(self, bucket: str, **others: object) -> StoreSettings:
        """Return the settings of a store in a bucket."""
        values: dict[str, object] = {
            "url": f"s3://{bucket}/arkivet",
            "endpoint": f"{'https' if self._certificate else 'http'}://127.0.0.1:{self.port}",
            "access_key_id": ACCESS,
            "secret_access_key": SECRET,
        }
        return StoreSettings.model_validate(values | others)

    def _listening_port(self, process: subprocess.Popen[bytes]) -> int:
        def ports() -> list[int]:
            assert process.poll() is None, (self._folder / "log").read_text("utf-8")
            found = psutil.Process(process.pid).net_connections("tcp")
            return [int(each.laddr.port) for each in found if each.status == psutil.CONN_LISTEN]

        wait_until(ports, "a gateway that listens")
        return ports()[0]
