"""Nothing that a file refers to is ever fetched: a listener on loopback hears nothing."""

import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.ingest.filetypes import media_types
from archive.ingest.filetypes.detect import detect
from archive.ingest.libreoffice.finding import find_office
from archive.ingest.libreoffice.office import Office
from archive.ingest.reading.convert import drawable
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Outcome
from archive.settings_sections import PictureSettings
from tests.hostile.campaign import LIMITS
from tests.hostile.references import referring_files

_NAMES = sorted(referring_files("http://127.0.0.1:9"))


class Listener:
    """A server on loopback that notes every caller and hangs up."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self.heard: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(2)
                try:
                    self.heard.append(caller.recv(200))
                except OSError:
                    self.heard.append(b"a caller that said nothing")

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    opened = Listener()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    opened = open_sandbox()
    yield opened
    opened.close()


def _written(folder: Path, name: str, url: str) -> tuple[Path, str]:
    data, media_type = referring_files(url)[name]
    path = folder / f"file{media_types.SUFFIXES.get(media_type, '')}"
    path.write_bytes(data)
    return path, media_type


def test_listener_hears_a_caller(listener: Listener) -> None:
    with pytest.raises(OSError), urllib.request.urlopen(f"{listener.url}/picture.png", timeout=5):
        pass
    assert listener.heard[0].startswith(b"GET /picture.png")


@pytest.mark.parametrize("name", _NAMES)
def test_reading_fetches_nothing(name: str, listener: Listener, sandbox: Sandbox, tmp_path: Path) -> None:
    path, media_type = _written(tmp_path, name, listener.url)
    extraction = read_file(sandbox, path, detect(path) or media_type, LIMITS)
    assert listener.heard == []
    assert extraction.category is not Outcome.CRASH, extraction.message


@pytest.mark.parametrize("name", _NAMES)
def test_converting_fetches_nothing(name: str, listener: Listener, tmp_path: Path) -> None:
    if find_office() is None:
        pytest.skip("LibreOffice is not installed")
    path, media_type = _written(tmp_path, name, listener.url)
    folder = tmp_path / "office"
    folder.mkdir()
    with Office(PictureSettings(), folder) as office:
        try:
            made = drawable(path, detect(path) or media_type, folder, office)
        except ArchiveError:
            pass  # not every one of them is a file that can be drawn
        else:
            assert made.path.stat().st_size > 0
    assert listener.heard == []
