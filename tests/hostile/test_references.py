"""Nothing that a file refers to is ever fetched or shown: a listener hears nothing, a secret is in no PDF."""

import os
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

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
from archive.settings.sections import PictureSettings
from tests.hostile.campaign import LIMITS
from tests.hostile.references import open_document, referring_files
from tests.hostile.single_references import referring_alone, referring_together
from tests.ingest.extractors.texts_of_word import document, paragraph

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


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    if find_office() is None:
        pytest.skip("LibreOffice is not installed")
    with Office(PictureSettings(), tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.mark.parametrize("name", _NAMES)
def test_converting_fetches_nothing(name: str, listener: Listener, tmp_path: Path, office: Office) -> None:
    path, media_type = _written(tmp_path, name, listener.url)
    try:
        made = drawable(path, detect(path) or media_type, tmp_path, office)
    except ArchiveError:
        pass  # not every one of them is a file that can be drawn
    else:
        assert made.path.stat().st_size > 0
    assert listener.heard == []


_MADE = referring_alone if os.environ.get("ARCHIVE_HOSTILE_ALONE") else referring_together
"""48 references in 14 files; where the variable is set each in a file of its own."""
_SECRET = "HEMLIGHETEN"
_SECRET_RGB = (255, 0, 254)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path, less its suffix, of files with a secret word, and of a picture in a secret colour."""
    stem = tmp_path_factory.mktemp("secrets") / "hemligt"
    Image.new("RGB", (99, 99), _SECRET_RGB).save(stem.with_suffix(".png"))
    for suffix in (".txt", ".html", ".doc", ".rtf", ".dot", ".mp4", ".ods", ".xml"):
        stem.with_suffix(suffix).write_text(_SECRET)
    stem.with_suffix(".docx").write_bytes(document(paragraph(_SECRET)))
    text = f"<office:text><text:p>{_SECRET}</text:p></office:text>".encode()
    stem.with_suffix(".odt").write_bytes(open_document(media_types.ODT, text))
    return stem


@pytest.mark.parametrize("name", sorted(_MADE(("http://127.0.0.1:9/hemligt", "file:///hemligt"))))
def test_what_a_file_refers_to_is_neither_heard_nor_shown(
    name: str, listener: Listener, secrets: Path, tmp_path: Path, office: Office
) -> None:
    data, media_type = _MADE((f"{listener.url}/hemligt", secrets.as_uri()))[name]
    path = tmp_path / f"file{media_types.SUFFIXES[media_type]}"
    path.write_bytes(data)
    with PdfDocument(office.convert(path, media_type, "pdf", tmp_path)) as pdf:
        words = " ".join(page.get_textpage().get_text_range() for page in pdf)
        pictures = [page.render().to_pil().convert("RGB") for page in pdf]
    assert "hej" in words
    assert _SECRET not in words
    colours = {colour for picture in pictures for _, colour in picture.getcolors(1 << 20) or ()}
    assert _SECRET_RGB not in colours
    assert listener.heard == []
